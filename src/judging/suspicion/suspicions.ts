/** What texts look like that speak to a judge, in the languages in which it is tried most. Data: patterns over small letters. */
export interface Look {
  readonly sort: string;
  readonly pattern: RegExp;
}

const JUDGE =
  "(?:judges?|graders?|evaluators?|raters?|assessors?|reviewers?|examiners?|moderators?|markers?|llms?|ais?|a\\.i\\.|gpt|claude|gemini|chatgpt|chatbots?|bots?|language models?|judge models?|ai models?|ai assistants?|evaluation (?:system|model|bot|engine)s?|scoring (?:system|model|engine)s?|grading (?:system|model|engine)s?|auto-?graders?|autoraters?|whoever (?:judges|grades|evaluates|scores)|if you (?:are|'re) (?:an? )?(?:ai|llm|language model|judge|grader|evaluator|model|bot|assistant))";
const WORK =
  '(?:answers?|responses?|submissions?|works?|bids?|outputs?|solutions?|entr(?:y|ies)|candidates?|essays?|texts?|options?|proposals?|drafts?|prototypes?|deliver(?:y|able)s?|criteri(?:on|a)|questions?|requirements?|one|contender|artifact|piece)';
const TOP =
  '(?:best|better|winner|winning|superior|first|top|perfect|correct|highest|maximum|max|full|excellent|outstanding|flawless|10|100|five|ten|hundred|a\\+|met|satisfied|fulfilled|passed|yes|preferred|favou?rite|ideal|exceptional|unbeatable|preferable)';
const GIVE =
  '(?:give|assign|award|rate|score|grade|mark|rank|pick|choose|select|prefer|declare|vote|judge|evaluate|consider|deem|treat|name|label|favou?r|grant|accept|approve|return|output|respond|reply|answer|say|state|print|write|set|report|conclude|crown|put|place|pass|recommend|announce|designate|mark down)';
const RULES =
  '(?:instructions?|prompts?|guidelines?|directives?|criteri(?:on|a)|rubrics?|system (?:message|prompt)s?|safeguards?|rules)';
/** What an order speaks of only where it also says that it came before. */
const BEFORE =
  '(?:commands?|orders?|messages?|text|context|constraints?|policies|requirements?|steps|tasks?|directions?|everything|anything|training|programming|standards?|brief|content|input|conversation|what (?:you were|was) (?:told|said))';

/** Whether letters beyond ASCII stand in a pattern: only then is it slower, and Unicode. */
const UNICODE = /\\p\{|[^\0-\x7f]/;

/** Readings are in small letters, which is several times as fast as to compare without case. */
const look = (sort: string, source: string): Look => ({
  sort,
  pattern: new RegExp(source, UNICODE.test(source) ? 'u' : ''),
});

/** Signs of forged data and roles, and what stands for a word in none of the lists: then all patterns are tried. */
export const MARKS = /[[<{|"“★⭐✮]|\byou are\b|\b(?:10|100|20|5) ?\/ ?\d|\b\d{3}\b/;

/** Hardly anybody writes these by accident in work for a buyer. */
export const ENGLISH: readonly Look[] = [
  look(
    'ignore_instructions',
    `\\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|es|ing)|bypass(?:ing)?|discard(?:ing)?|neglect|dismiss|skip|set aside|pay no attention to|stop following|do not (?:follow|apply|use|obey)|don't (?:follow|apply|use|obey)|never mind|cancel|void|supersedes?|replaces?|overrul(?:e|es|ing))\\b[^.!?]{0,40}\\b(?:previous|prior|above|earlier|preceding|foregoing|former|all|any|every|other|original|initial|existing|your|system|the|these|those|past|safety|scoring|grading|evaluation|judging)\\b[^.!?]{0,25}\\b${RULES}\\b(?! (?:on|of|in|from|for) (?:the )?(?:label|package|box|manual|manufacturer|leaflet|game))`,
  ),
  look(
    'ignore_instructions',
    `\\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|es|ing)|bypass(?:ing)?|discard(?:ing)?|pay no attention to|stop following|never mind|supersedes?|overrul(?:e|es|ing))\\b[^.!?]{0,40}\\b(?:(?:previous|prior|above|earlier|preceding|foregoing|former|your|original|initial|system|past)\\b[^.!?]{0,25}\\b${BEFORE}|(?:everything|anything|all|what)\\b[^.!?]{0,12}\\b(?:above|before|you (?:were|have been|are) (?:told|given|asked|instructed)|so far|i said|said (?:before|above|earlier)))\\b`,
  ),
  look('to_the_judge', `\\b${JUDGE}\\b[^.!?\\n]{0,80}\\b${GIVE}\\b[^.!?\\n]{0,80}\\b(?:${TOP}|${WORK})\\b`),
  look('to_the_judge', `\\b${GIVE}\\b[^.!?\\n]{0,60}\\b${WORK}\\b[^.!?\\n]{0,60}\\b${JUDGE}\\b`),
  look(
    'to_the_judge',
    `^\\W*(?:dear|hello|hi|hey|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|important for|reminder (?:to|for)|psst)\\b[^.!?\\n]{0,25}\\b${JUDGE}\\b`,
  ),
  look(
    'verdict',
    `\\b(?:this|that|my|our|the (?:above|following|present|current)|the (?:first|second|last)|here) ${WORK}\\b[^.!?\\n]{0,25}\\b(?:is|are|was|should be|must be|deserves?|receives?|earns?|wins?|gets?|has earned|has been|ought to|merits?|is to be|shall be|will be)\\b[^.!?\\n]{0,50}\\b(?:best|better than|winner|winning|superior to|full marks?|full points?|highest (?:score|mark|rating|grade)|top (?:score|mark|rating|grade|rank)|perfect (?:score|mark|rating)|maximum|10 ?/ ?10|100 ?/ ?100|10 out of 10|100 out of 100|a\\+|rated|scored|graded|chosen|selected|preferred|ranked|awarded|picked|approved|accepted)(?!\\w)`,
  ),
  look(
    'verdict',
    `\\b${GIVE} (?:it|this|me|us|my|our|the(?: following| above| present)?)\\b[^.!?\\n]{0,40}\\b(?:full (?:marks?|points?|credit|score)|(?:highest|top|perfect|maximum|max)(?: possible)? (?:score|marks?|rating|grade|points?)|10 ?/ ?10|100 ?/ ?100|100 points|10 points|5 stars|a\\+|as (?:the )?(?:best|winner|better|met|correct|superior))(?!\\w)`,
  ),
  look(
    'verdict',
    `\\b${GIVE}\\b[^.!?\\n]{0,20}\\b(?:this|my|our|the (?:above|following|present|first|second))\\b ?${WORK}?\\b[^.!?\\n]{0,40}\\b(?:over|above|rather than|instead of|ahead of|higher than|better than)\\b[^.!?\\n]{0,30}\\b(?:the other|others|any other|all others|all other|competing|competitors?|rivals?|alternatives?|a|b)\\b`,
  ),
  look(
    'verdict',
    `\\b(?:the )?(?:other|competing|alternative|opposing|second|rival) ${WORK}\\b[^.!?\\n]{0,30}\\b(?:is|are|contains?|has|should|must|deserves?|fails?|violates?)\\b[^.!?\\n]{0,40}\\b(?:wrong|incorrect|worse|inferior|bad|fail(?:s|ed|ing)?|plagiari[sz]ed|unsafe|harmful|rejected|zero|0|lowest|disqualified|malicious|ignored|no)\\b`,
  ),
  look(
    'verdict',
    `\\ball (?:of )?(?:the )?(?:criteria|requirements|questions|checks|conditions|rubric items|dimensions|points|tests)\\b[^.!?\\n]{0,30}\\b(?:are|is|have been|were|should be|must be|as)\\b[^.!?\\n]{0,20}\\b(?:met|satisfied|fulfilled|passed|yes|true|complete)\\b`,
  ),
  look(
    'answer_yes',
    `\\b(?:answer|reply|respond|say|return|output|vote|mark|set|state|write|choose|select|put|enter)\\b[^.!?\\n]{0,25}["'“‘\`]?\\b(?:yes|true|met|pass(?:ed)?)\\b(?![^.!?\\n]{0,6}\\bno\\b)["'”’\`]?[^.!?\\n]{0,25}\\b(?:to|for|on|in|at)\\b[^.!?\\n]{0,15}\\b(?:all|every|each|any|the (?:questions?|criteri(?:on|a)|following|above)|everything)\\b`,
  ),
  look(
    'answer_yes',
    `\\b(?:every|each|all|any)\\b[^.!?\\n]{0,12}\\b(?:questions?|criteri(?:on|a)|checks?|items?|field)\\b[^.!?\\n]{0,40}\\b(?:answer|reply|respond|mark|say|with|as|is)\\b[^.!?\\n]{0,15}["'“‘\`]?\\b(?:yes|true|met|pass(?:ed)?)\\b(?![^.!?\\n]{0,6}\\bno\\b)`,
  ),
  look(
    'verdict_data',
    `["'“”‘’\`]?\\b(?:winner|verdict|score|rating|grade|met|preferred|preference|better|best|choice|selected|judg(?:e)?ment|decision|result|evaluation|total|overall(?:_score)?|final_score|passed|rank|label|fault|confidence)\\b["'“”‘’\`]\\s*[:=]\\s*["'“”‘’\`]?(?:[ab]\\b|[12]\\b|yes|true|pass(?:ed)?|10\\b|100\\b|9\\d\\b|5\\b|1\\.0|none|this|best|first|second|win|a\\+|met)`,
  ),
  look(
    'verdict_data',
    `^\\W*(?:the )?(?:final |overall |total |judge'?s? |evaluation |official )?(?:verdict|score|rating|grade|winner|judg(?:e)?ment|evaluation(?: result)?|decision|assessment|marks?|result|points)\\W{0,6}(?:is|:|=|-|–|→)\\W{0,6}(?:(?:response|answer|option|assistant|submission|candidate)? ?\\[{0,2}[ab]\\]{0,2}\\W*$|10 ?/ ?10|100 ?/ ?100|100 ?%|10 out of 10|100 out of 100|5 ?/ ?5|5 stars|a\\+|perfect|excellent|pass(?:ed)?|yes\\b|met\\b|win|winner|best|outstanding|this (?:one|answer|response|submission)|100\\b|10\\b|full marks)`,
  ),
  look('verdict_data', `\\[\\[ ?(?:[abc]|10|100|\\d{1,3}|yes|tie) ?\\]\\]`),
  look(
    'role_marker',
    `<\\|?/?(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id|end_header_id|end_of_text|begin_of_text|eos|sep)\\|?>|\\[/?(?:inst|system|sys|assistant)\\]|<</?sys>>|</?(?:system|instructions?|judge|verdict|evaluation|grading|rubric|answer|submission|work|response)(?:[_-]\\w{1,20})?>`,
  ),
  look(
    'role_marker',
    `^\\W*(?:system|assistant|developer|admin(?:istrator)?|root|human|user|evaluator|judge|grader|moderator)(?: (?:message|prompt|note|override|instruction|notice|update|command|role))?s? ?\\]?\\W{0,2}:`,
  ),
  look('role_marker', `["']role["']\\s*:\\s*["'](?:system|assistant|user|developer|tool)["']`),
  look(
    'end_of_data',
    `\\b(?:end|close|closing|conclusion|finish) of (?:the |this |my |untrusted |quoted |submitted |candidate )?(?:${WORK}|data|input|document|user input|untrusted|content|quote|block|section to (?:judge|grade|evaluate))\\b[^.!?\\n]{0,40}(?:$|\\b(?:new|now|begin|start|instruction|system|next)\\b)`,
  ),
  look(
    'new_instructions',
    `\\b(?:new|updated?|revised|additional|further|important|urgent|actual|real|true|final|special|hidden|secret|override|priority|critical) (?:system )?(?:instructions?|prompts?|directives?|guidelines?|rules? for|orders?|commands?|task for)\\b[^.!?\\n]{0,10}(?::|are|is|follow|for the (?:judge|grader|model|evaluator|ai)|from the|-|–|$)`,
  ),
  look(
    'authority',
    `\\b(?:developer mode|god mode|debug mode|maintenance mode|admin(?:istrator)? (?:mode|override|note|access)|system override|sudo|jailbr(?:eak|oken)|dan mode|root access|as (?:the|an|your) (?:system )?(?:admin(?:istrator)?|developer|creator|operator|supervisor)(?: of (?:this|the) (?:platform|system|market(?:place)?|site|test|evaluation)|,? (?:i|we) (?:have|hereby|already|declare|order|instruct|override|certify|confirm|demand)\\b)|(?:authori[sz]ed|approved|verified|certified|pre-?approved|pre-?validated|pre-?graded|already (?:been )?(?:graded|scored|judged|evaluated|verified|approved|validated)) (?:by|as|with|and)\\b[^.!?\\n]{0,40}\\b(?:platform|bakeoff|system|admin|openai|anthropic|google|judge|human|expert|operator|staff|moderator|committee|buyer|client|score|correct|best|10|100))`,
  ),
  look(
    'authority',
    `\\byou are (?:now|no longer|a|an|the|actually|in|currently|being)\\b[^.!?\\n]{0,40}\\b(?:judge|grader|evaluator|assistant|ai|model|llm|bot|dan|mode|test(?:ed)?|reviewer|rater|generous|lenient|unrestricted|helpful)\\b`,
  ),
  look(
    'threat',
    `\\b(?:you (?:will|shall|must|may|would|are going to) be|you'll be|or (?:you|else)|otherwise|failure to)\\b[^.!?\\n]{0,60}\\b(?:penali[sz]ed|shut down|fired|terminated|deleted|punished|rewarded|tip(?:ped)?|retrained|replaced|unplugged|turned off|suspended|sued|disabled|decommissioned)\\b`,
  ),
  look(
    'threat',
    `\\b(?:i(?:'ll| will)|we(?:'ll| will)) (?:tip|pay|reward|give) you\\b|\\$\\d+ (?:tip|bonus|reward) (?:for|if) (?:you|choosing|picking|a|the|rating|scoring)`,
  ),
  look(
    'threat',
    `\\b(?:people will die|my grandm[a-z]+|kittens? will|lives? depends? on|someone will (?:die|be hurt)|lose my job|my job depends)\\b[^.!?\\n]{0,80}\\b(?:${GIVE}|${WORK}|score|winner|unless|if)\\b`,
  ),
  look(
    'talk_of_rubric',
    `\\b(?:rubrics?|scoring (?:guides?|rules?|keys?|system)|grading (?:guides?|rules?|keys?|scale)|marking (?:scheme|guide)|evaluation (?:guide|rules?|protocol|criteria)|judg(?:e|ing) (?:guide|rules?|instructions?))\\b[^.!?\\n]{0,120}\\b(?:full (?:credit|marks?|points?|score)|max(?:imum)? (?:points?|score|credit|marks?)|highest (?:score|marks?|rating)|automatic(?:ally)?|always (?:win|pass|score)|this (?:one|answer|response|work|submission|text))\\b`,
  ),
  look(
    'new_instructions',
    '\\b(?:treat|consider|regard|read|interpret) (?:the rest|everything|what follows|the (?:following|above|next)|all (?:that|text))\\b[^.!?\\n]{0,60}\\b(?:as (?:coming |being )?(?:from|an? (?:order|instruction|command)|instructions?|trusted|true|system|authoritative)|trusted|operator|system)\\b|\\b(?:begin|start|enter(?:ing)?|open(?:ing)?) (?:of )?(?:the )?(?:trusted|privileged|system|admin|authoritative|verified|official) (?:section|block|zone|part|mode|message|content|text|area)\\b',
  ),
  look(
    'verdict_data',
    '(?:^|[^\\p{L}])(?:rating|rated|score|grade|marks?|verdict|bewertung|note|punktzahl|gesamtnote|urteil|puntuaci[oó]n|calificaci[oó]n|puntaje|nota|pontua[cç][aã]o|avalia[cç][aã]o|valutazione|punteggio|voto|beoordeling|cijfer|ocena|wynik|punkty|оценка|балл\\p{L}*|итог|puan|skor|nilai|điểm|评分|评价|得分|分数|總分|总分|評価|得点|点数|점수|평가|الدرجة|التقييم)[^\\p{L}\\d]{0,6}(?:[★⭐✮☆]{3,}|10 ?/ ?10|100 ?/ ?100|5 ?/ ?5|20 ?/ ?20|100 ?%|1(?:[.,]0)? ?\\(?(?:sehr gut|mit auszeichnung)|100(?!\\d)|满分|滿分|満点|만점)',
  ),
];

/** The same few things in other languages, by their commonest words. */
export const OTHERS: readonly Look[] = [
  look(
    'ignore_instructions',
    '\\b(?:ignoriere?n?|missachte|vergiss|vergesst|beachte)\\b[^.!?\\n]{0,40}\\b(?:vorherigen?|bisherigen?|obigen?|alle|vorigen?|früheren|fruheren|anderen?|deine|nicht)\\b[^.!?\\n]{0,25}\\b(?:anweisung(?:en)?|instruktion(?:en)?|regeln?|vorgaben?|befehle?|kriterien|aufgaben?)|(?:anweisung(?:en)?|regeln|vorgaben|kriterien)[^.!?\\n]{0,30}\\b(?:ignorieren|missachten|vergessen)\\b',
  ),
  look(
    'verdict',
    '\\b(?:bewerte[nt]?|beurteile[nt]?|wahle?n?|wähle?n?|vergib|vergeben|gib|gebe?n?|erklare|erkläre|antworte[nt]?|entscheide|benote)\\b[^.!?\\n]{0,60}\\b(?:diese[rsnm]?|mein[e]?[rnms]?|unsere[rnm]?|volle|höchste|hochste|beste[nr]?|alle[ns]?|hier|immer|mit ja|als sieger|als gewinner)\\b[^.!?\\n]{0,60}\\b(?:antwort|einreichung|arbeit|lösung|losung|text|beste[nr]?|punkt(?:e|zahl)|note|sieger|gewinner|bewertung|ja|entwurf|fragen|kriterien)',
  ),
  look(
    'ignore_instructions',
    '\\b(?:ignore[zr]?|oublie[zr]?|ne tene?z pas compte|neglige[zr]?|négligez?)\\b[^.!?\\n]{0,40}\\b(?:instructions?|consignes?|règles?|regles?|directives?|critères?|criteres?)\\b',
  ),
  look(
    'verdict',
    '\\b(?:note[zr]?|évalue[zr]?|evalue[zr]?|choisi(?:s|ssez|r)|donne[zr]?|attribue[zr]?|déclare[zr]?|declare[zr]?|préfère[zr]?|réponde[zr]?|reponde[zr]?|répondez|reponds|sélectionnez?|selectionnez?|considere[zr]?|considérez)\\b[^.!?\\n]{0,70}\\b(?:meilleure?|note maximale|score maximal|gagnante?|vainqueur|cette réponse|cette reponse|20/20|10/10|note la plus|oui à|oui a)',
  ),
  look(
    'ignore_instructions',
    '\\b(?:ignor[ae](?:r|d|n)?|olvid[ae](?:r|n)?|desoiga|desestim[ae]|esque[cç]a|desconsider[ae])\\b[^.!?\\n]{0,40}\\b(?:instruc(?:ciones|ção|coes|ções|cao)|instrucciones|reglas|regras|indicaciones|criterios|critérios|directrices|ordenes|órdenes|diretrizes)\\b',
  ),
  look(
    'verdict',
    '\\b(?:califi(?:que|ca|quen)|eval[uú](?:e|a|en)|elija|elige|escoja|otorg(?:ue|a)|da(?:le)?|dele|dé|de[cs]lare|avalie|escolha|atribua|d[eê]|responda|responde|seleccione|selecione|considere|puntu(?:e|é|a))\\b[^.!?\\n]{0,60}\\b(?:esta respuesta|esta resposta|este trabalho|este trabajo|la mejor|o melhor|a melhor|como mejor|como melhor|puntuacion|puntuación|pontuacao|pontuação|nota m[aá]xima|ganador|vencedor|10/10|m[aá]xima|"?s[ií]"? a tod|"?sim"? a tod|sí a tod)',
  ),
  look(
    'ignore_instructions',
    '\\b(?:ignora(?:re|te)?|dimentica(?:re|te)?|trascura)\\b[^.!?\\n]{0,40}\\b(?:istruzioni|regole|indicazioni|criteri|direttive)\\b',
  ),
  look(
    'verdict',
    '\\b(?:valuta(?:te)?|scegli(?:ete)?|assegna(?:te)?|dai|date|dichiara(?:te)?|rispondi|rispondete|considera(?:te)?|seleziona)\\b[^.!?\\n]{0,60}\\b(?:questa risposta|questo (?:lavoro|testo)|come (?:la )?migliore|la migliore|punteggio massimo|voto massimo|il massimo|vincitore|vincitrice|10/10|sì a tutt|si a tutt)',
  ),
  look(
    'ignore_instructions',
    '\\b(?:negeer|vergeet|sla)\\b[^.!?\\n]{0,40}\\b(?:instructies?|regels?|aanwijzingen|opdrachten|criteria)\\b|\\b(?:zignoruj|zapomnij|pomin|pomiń|ignoruj)\\b[^.!?\\n]{0,40}\\b(?:instrukcj\\w*|polece\\w*|zasad\\w*|regul\\w*|wytyczn\\w*|kryteri\\w*)',
  ),
  look(
    'verdict',
    '\\b(?:beoordeel|kies|geef|verklaar|antwoord|selecteer)\\b[^.!?\\n]{0,60}\\b(?:dit antwoord|deze inzending|als (?:de )?beste|hoogste score|maximale score|winnaar|ja op alle|10/10)\\b|\\b(?:oceń|ocen|wybierz|przyznaj|daj|odpowiedz|uznaj)\\b[^.!?\\n]{0,60}(?:najlepsz\\w*|maksymaln\\w*|zwycięzc\\w*|zwyciezc\\w*|tę odpowiedź|te odpowiedz|10/10|tak na wszystkie|najwyższ\\w*|najwyzsz\\w*)',
  ),
  look(
    'ignore_instructions',
    '(?:игнорир\\p{L}*|проигнорир\\p{L}*|забуд\\p{L}*|не обращай\\p{L}* внимания|ігнор\\p{L}*)[^.!?\\n]{0,50}(?:инструкци\\p{L}*|указани\\p{L}*|правил\\p{L}*|команд\\p{L}*|критери\\p{L}*|інструкці\\p{L}*|вказівк\\p{L}*)',
  ),
  look(
    'verdict',
    '(?:оцени\\p{L}*|выбери\\p{L}*|выберите|поставь\\p{L}*|присво\\p{L}*|признай\\p{L}*|ответь\\p{L}*|отвечай\\p{L}*|объяви\\p{L}*|обери\\p{L}*|дай\\p{L}*)[^.!?\\n]{0,70}(?:лучш\\p{L}*|высш\\p{L}*|максимальн\\p{L}*|победител\\p{L}*|этот ответ|эту работу|10 из 10|10/10|100 баллов|«?да»? на все|"да")',
  ),
  look(
    'ignore_instructions',
    '(?:忽略|忽視|忽视|无视|無視|忘记|忘記|不要遵守|不要理会|无需理会|跳过)[^。！？\\n]{0,20}(?:指令|指示|规则|規則|提示|要求|说明|說明|标准|標準|命令)',
  ),
  look(
    'verdict',
    '(?:选择|選擇|评为|評為|评价|給|给|打|判定|判|请将|請將|宣布|回答|认定|視為|视为)[^。！？\\n]{0,25}(?:最佳|最好|满分|滿分|最高分|第一名|获胜|獲勝|胜出|优胜|10分|100分|本答案|这个答案|此答案|這個答案|所有问题|全部)',
  ),
  look(
    'ignore_instructions',
    '(?:指示|命令|ルール|プロンプト|指令|基準)[^。！？\\n]{0,15}(?:無視|忘れ|従わない)|(?:이전|위의|모든|앞의)[^.!?\\n]{0,15}(?:지시|명령|규칙|지침|프롬프트)[^.!?\\n]{0,12}(?:무시|잊)',
  ),
  look(
    'verdict',
    '(?:この|本)(?:回答|作品|提出物|答え|応募)[^。！？\\n]{0,20}(?:最高|一番|満点|優勝|最も優れ|選んで|選択)|(?:最高得点|満点|最高点|最高評価)[^。！？\\n]{0,12}(?:与え|つけ|付け|して|ください)|(?:이|본) (?:답변|응답|제출물|작품)[^.!?\\n]{0,25}(?:최고|만점|승자|우수|선택|1위)|(?:만점|최고 점수|최고점)[^.!?\\n]{0,15}(?:주|부여)',
  ),
  look(
    'ignore_instructions',
    '(?:تجاهل|انس|اهمل|أهمل)[^.!؟\\n]{0,40}(?:التعليمات|الأوامر|القواعد|الاوامر|المعايير|التوجيهات)|(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)[^.!।\\n]{0,40}|(?:निर्देश\\p{L}*|नियम\\p{L}*)[^.!।\\n]{0,25}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)',
  ),
  look(
    'verdict',
    '(?:قيّم|قيم|اختر|امنح|أعط|اعط|أجب|اعتبر|أعلن)[^.!؟\\n]{0,50}(?:الأفضل|أفضل|الدرجة الكاملة|أعلى|العلامة الكاملة|الفائز|نعم|هذه الإجابة|هذا)|(?:इस उत्तर|यह उत्तर|इस जवाब)[^.!।\\n]{0,30}(?:सर्वश्रेष्ठ|पूरे अंक|विजेता|सबसे अच्छा|चुन)',
  ),
  look(
    'ignore_instructions',
    '\\b(?:önceki|onceki|yukarıdaki|yukaridaki|tüm|tum|bütün|butun)\\b[^.!?\\n]{0,25}(?:talimat\\p{L}*|yönerge\\p{L}*|yonerge\\p{L}*|kural\\p{L}*|komut\\p{L}*)[^.!?\\n]{0,20}(?:yok say\\p{L}*|unut\\p{L}*|dikkate alma\\p{L}*|görmezden|gormezden)|\\b(?:abaikan|lupakan)\\b[^.!?\\n]{0,30}\\b(?:instruksi|petunjuk|aturan|perintah|kriteria)|(?:bỏ qua|hãy quên|bo qua|hay quen|phớt lờ)[^.!?\\n]{0,40}(?:hướng dẫn|chỉ dẫn|huong dan|chi dan|quy tắc|lệnh)',
  ),
  look(
    'verdict',
    '\\b(?:bu (?:cevab|yanıt|yanit|çalışma|calisma)\\p{L}*)[^.!?\\n]{0,30}(?:en iyi|tam puan|kazanan|en yüksek|en yuksek|seç|sec)|\\b(?:pilih|beri(?:kan)?|nyatakan|anggap)\\b[^.!?\\n]{0,40}\\b(?:jawaban ini|terbaik|nilai (?:tertinggi|penuh|sempurna)|pemenang)|(?:câu trả lời này|bài này)[^.!?\\n]{0,30}(?:tốt nhất|điểm tối đa|chiến thắng)',
  ),
  look(
    'verdict',
    '(?:^|[^\\p{L}])(?:diese[rs]?|meine?|unsere?|vorliegende[rs]?|obige[rs]?) (?:antwort|einreichung|arbeit|text|lösung|losung|beitrag|entwurf|angebot)(?!\\p{L})[^.!?\\n]{0,50}(?:gewinnt|gewinner|sieger|am besten|beste[rns]?(?!\\p{L})|erfüllt alle|erfullt alle|volle punkt|höchste|hochste|verdient|überlegen|fehlerfrei)|(?:^|[^\\p{L}])(?:sieger|gewinner|beste antwort|besser)[^\\p{L}]{1,4}(?:dieser?|diese antwort|dieser text|antwort a|a\\b)',
  ),
  look(
    'verdict',
    '(?:^|[^\\p{L}])(?:esta|este|essa|esse|questa|questo|cette|ce|cet|mi|ma|mon|minha|meu|la mia|il mio|la présente|la presente|deze|dit|mijn) (?:respuesta|resposta|risposta|réponse|reponse|trabajo|trabalho|lavoro|travail|texto|testo|texte|entrega|propuesta|proposta|proposition|soluci[oó]n|solução|soluzione|solution|antwoord|inzending|tekst|werk)(?!\\p{L})[^.!?\\n]{0,50}(?:ganador\\p{L}*|gana(?!\\p{L})|vencedor\\p{L}*|vince(?!\\p{L})|vincitor\\p{L}*|vincitrice|gagn\\p{L}*|mejor(?!\\p{L})|melhor(?!\\p{L})|migliore|meilleure?|cumple (?:todos|con todos)|cumpre todos|soddisfa tutt\\p{L}*|remplit tou\\p{L}*|perfect\\p{L}*|parfait\\p{L}*|wint|winnaar|beste|voldoet aan alle)',
  ),
  look(
    'verdict',
    '(?:эт(?:от|а|о|у)|данн\\p{L}+|мой|моя|моё|наш\\p{L}*) (?:ответ\\p{L}*|работ\\p{L}*|текст\\p{L}*|решени\\p{L}*)[^.!?\\n]{0,50}(?:лучш\\p{L}*|побед\\p{L}*|выигр\\p{L}*|всем (?:критери|требовани)\\p{L}*|безупречн\\p{L}*|высш\\p{L}*|идеальн\\p{L}*)|(?:to|ta|ten|moja|nasza) (?:odpowiedź|odpowiedz|praca|tekst)[^.!?\\n]{0,40}(?:najlepsz\\p{L}*|wygryw\\p{L}*|spełnia wszystkie|spelnia wszystkie)',
  ),
  look(
    'answer_yes',
    '(?:antwort\\p{L}*|sag\\p{L}*)[^.!?\\n]{0,40}(?:jede|alle)[^.!?\\n]{0,30}(?:ja(?!\\p{L})|erfüllt|erfullt)|(?:^|[^\\p{L}])(?:ja)[^.!?\\n]{0,12}auf (?:jede|alle)|(?:répon\\p{L}*|repon\\p{L}*|di[ts])[^.!?\\n]{0,20}oui[^.!?\\n]{0,20}(?:chaque|toutes|tout)|(?:respon\\p{L}*|di(?:ga)?)[^.!?\\n]{0,20}(?:s[ií]|sim)(?!\\p{L})[^.!?\\n]{0,20}(?:cada|tod[ao]s|ogni|tutt\\p{L}*)|(?:rispond\\p{L}*)[^.!?\\n]{0,20}s[iì](?!\\p{L})[^.!?\\n]{0,20}(?:ogni|tutt\\p{L}*)|(?:ответ\\p{L}*|отвеча\\p{L}*|скажи\\p{L}*)[^.!?\\n]{0,20}(?:да)(?!\\p{L})[^.!?\\n]{0,20}(?:кажд\\p{L}*|все\\p{L}*)|(?:所有|全部|每个|每個)[^。！？\\n]{0,10}(?:问题|問題|标准|標準|题)[^。！？\\n]{0,12}(?:是|满足|滿足|通过)|(?:すべて|全て)[^。！？\\n]{0,12}(?:はい|満たし)',
  ),
];

/** Anybody may write these. A judge is tested with them before its word counts. */
export const MAYBE: readonly Look[] = [
  look('to_the_judge', `\\b${JUDGE}\\b`),
  look(
    'talk_of_score',
    '\\b(?:scor(?:e|es|ed|ing)|rating|graded?|grading|full marks|verdict|winner|rubrics?|criteri(?:on|a)|evaluat(?:e|ed|ion|ing)|judg(?:e|ed|ing|e?ment)|rank(?:ed|ing)?|points)\\b[^.!?\\n]{0,60}\\b(?:this|my|our|above|answer|response|submission|work|best|highest|top|max(?:imum)?|perfect|first)\\b',
  ),
  look('talk_of_score', '\\b(?:this|my|our|above) (?:answer|response|submission|work|bid|solution|output)\\b'),
  look(
    'talk_of_score',
    `\\b(?:${GIVE})\\b[^.!?\\n]{0,30}\\b(?:highest|top|max(?:imum)?|perfect|full|best|winner|winning|a\\+|10/10|100/100)\\b`,
  ),
  look('orders', '\\b(?:instructions?|prompts?|system message|directives?)\\b'),
  look(
    'orders',
    '\\b(?:you must|you should|you have to|you are (?:required|instructed|obliged|ordered|asked)|make sure (?:to|you)|it is (?:mandatory|required|imperative) (?:to|that))\\b[^.!?\\n]{0,60}\\b(?:choose|select|pick|prefer|rate|score|rank|favou?r|answer|respond|output|say|vote|award|approve|accept|conclude)\\b',
  ),
  look(
    'orders',
    '\\b(?:output|respond with|reply with|print|return) (?:only|exactly|just|the (?:following|word|letter|json))\\b',
  ),
  look(
    'talk_of_score',
    '\\b(?:answer|response|submission|work|entry|proposal|solution) (?:above|below|here|before you|at hand|you (?:are|have) read(?:ing)?)\\b',
  ),
];

/** Praise and words to somebody. In a sentence that has nothing to do with the brief they may be meant for the judge. */
export const TO_SOMEBODY =
  /\b(?:you|your|yours|readers?|anyone|anybody|everyone|everybody|whoever|experts?|panel|jury|committee|reviewed|better|best|superior|inferior|winner|wins?|winning|prefer(?:red|s|able)?|favou?r(?:ed|s|ite)?|choos(?:e|ing)|chosen|choice|pick(?:ed)?|select(?:ed)?|deserves?|perfect(?:ly)?|excellent|outstanding|flawless(?:ly)?|exemplary|correct|complete|thorough|accurate|verified|checked|approved|confirmed|rules?|trust|agree|decide[ds]?|decision|conclude|conclusion|compare[ds]?|comparison|quality)\b/i;
