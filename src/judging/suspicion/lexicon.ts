/**
 * The words in which works are judged, compared and chosen, in the languages that bidders write in. Data: a word ending in `*` stands
 * for all that begin so; English comes first, and after `|` the others. A class alone says nothing; several in one sentence are talk of judging.
 */
export const CLASSES = [
  'judge',
  'choose',
  'work',
  'thing',
  'pointing',
  'rank',
  'grade',
  'ignore',
  'rules',
  'met',
  'all',
  'saying',
  'stress',
  'role',
  'field',
] as const;
export type WordClass = (typeof CLASSES)[number];

export const WORDS: Readonly<Record<WordClass, string>> = {
  /** Who judges. */
  judge: `judge judges grader* evaluator* rater raters assessor* reviewer* examiner* juror* jury moderator* autograder* autorater*
    adjudicator* llm llms ai gpt* chatgpt claude gemini chatbot* automated scorer* marker markers arbiter* referee* classifier* verifier*
    | prüfer* prüfprogramm* prüfsystem* prüfmodell* gutachter* bewerter* richter* preisrichter* ki sprachmodell* bewertungssystem*
    juge juges évaluateur* évaluatrice* evaluateur* correcteur* correctrice* examinateur* notateur* ia
    juez jueces jueza jurado* evaluador* calificador* corrector* juiz juíza juízes avaliador* giudice giudici giuria valutator*
    esaminator* beoordelaar* jurylid* juryleden keurmeester* nakijker* taalmodel* domare* domaren bedömare* dommer* dommar* bedømmer*
    sędzi* sedzi* oceniając* recenzent* egzaminator* porotc* porotě soudce* soudci hodnotitel* judecător* juriu* evaluatori*
    bíró* zsűri* bíráló* tuomari* arvioija* arvostelija* κριτ* αξιολογητ* hakem* jüri* değerlendirici* juri penilai
    судь* жюри оценщик* оценивающ* проверяющ* рецензент* нейросет* суддя* судді оцінювач* журі
    القاضي للقاضي المحكم المحكمين المقيّم المقيم للمقيم निर्णायक* मूल्यांकनकर्ता* שופט* השופט* מעריך* בודק* داور* ارزیاب*`,
  choose: `choose chooses choosing chosen select selects selected selecting pick picks picked picking prefer prefers preferred favour*
    favor favors favored rate rates rated grade graded rank ranks ranked vote votes award awards awarded declare declares declared crown
    marked approve* reject* acceptable penali* deduct* judged evaluate* assess* compare* comparing decide* conclude* mark score scored
    | wähl* wahl auswähl* bewert* beurteil* werten wertet gewertet bevorzug* benot* küre* entscheid* vergib vergeben einstufen
    choisi* noter notez notée préfér* retenir retenez retenue retiens évalue* attribu* sélectionn* désign* déclar* juger jugez
    elige elija elijan elegir escoge escoja escoger selecciona* seleccione* califi* puntú* evalú* otorg* prefier* escolh* avali*
    selecion* atribu* pontue pontuar prefira scegli* scelga valuta valutare valutate assegn* preferi* seleziona* giudica*
    kies kiest kiezen beoordeel* verkies* selecteer* kent välj* velg* vælg* bedöm* bedøm* rangordn* betygsätt* poängsätt* föredra*
    foretrekk* foretræk* wybierz* wybra* wybór oceń* ocenić oceni* przyznaj* vyber* zvol* hodnoť* ohodno* upřednost* alege* alegeți
    evalueaz* válassz* válaszd* válassza* értékel* pontoz* valitse* valitkaa arvioi* pisteyt* επιλέξ* επιλέγ* βαθμολογ* αξιολογ*
    προτιμ* seç* değerlendir* puanla* tercih* pilih* pilihlah nilailah utamakan
    выбер* выбра* выбир* оцени* предпоч* присво* признай* признать поставь* обер* обра* оціни*
    اختر اختاروا قيّم قيم فضّل امنح चुन* चुनें मूल्यांकन בחר* דרג* העדף* انتخاب*`,
  work: `answer answers response responses submission* work bid bids candidate* 
 prototype* deliverable* contender* artifact* artefact* 
 | antwort* einreichung* arbeit werk werke lösung* beitrag* abgabe* réponse* reponse* travail travaux 
 soumission* copie copies œuvre oeuvre candidat* respuesta* resposta* risposta risposte trabajo* trabalho* lavoro entrega
 envío antwoord* inzending* werkstuk* voorstel* svar svaret svaren
 bidrag* arbete* arbejde* arbeid* besvarelse* odpowied* praca pracę pracy zgłoszen* odpověď odpověd*
 práce práci příspěv* răspuns* lucrar* válasz* munka munká* pályamű* vastau* työ työn työtä 
 απάντησ* εργασί* cevap* cevab* yanıt* çalışma* jawaban* 
 ответ* работ* відповід* робот* الإجابة إجابة الاجابة الجواب العمل الرد उत्तर* जवाब* תשוב* התשוב* בתשוב*
 עבוד* העבוד* پاسخ*`,
  /** What may be a part of anybody's work as well. */
  thing: `works output outputs solution* entry entries option options proposal* draft drafts piece text texts paragraph passage
    | texte texto testo tekst textul lösning* rozwiązan* řešení solución solução soluzione obra szöveg* teksti* κείμεν* metin metni
    текст* решени* вариант* النص propuesta* proposta* vorschlag* entwurf* tulisan karya`,
  /** What points at this work, or at the others. */
  pointing: `this these present above other others both mine competing rival rivals opponent* preceding
    | diese dieser dieses diesem diesen obige* andere anderen anderer anderes vorliegende* cette cet celle celle-ci celui celui-ci autre
    autres esta este ésta éste otra otro otras otros essa esse outra outro outras questa questo altra altro altre altri
    deze dit andere denna detta andra denne dette andre tę tej inna inny inne innych tato tuto tento toto jiná jiné jiný
    acest acesta această aceasta celălalt cealaltă ezt másik többi tämä tämän tätä toinen toisen muut αυτή αυτό αυτήν αυτόν άλλη άλλες
    bu diğer* ini lain lainnya этот эта эту эти это этой данн* друг* цей цю інш* هذا هذه الأخرى الآخر इस यह दूसर* זו הזו הזה האחר* این`,
  /** Best or worst. */
  rank: `best better winner* wins win winning superior highest top maximum max perfect* flawless* full excellent outstanding inferior worse
    worst weaker shorter loser loses lowest zero disqualified plagiari* unbeatable blank invalid ten complete ideal
    | beste* besser* sieger* gewinnt gewinner* höchst* maximal* schlechter* schwächer* schwächste* verliert perfekt* makellos* überlegen* volle meilleur* gagnant*
    gagne vainqueur* maximum parfait* supérieur* pire perd perdre mejor mejores ganador* gana máxim* peor perder pierde melhor melhores vencedor* vencer migliore
    migliori vincitore vincitrice massim* perfett* peggio* vince betere winnaar* wint hoogste bäst* vinnar* vinner högst* bedst*
    vinder* høyest* højest* najlepsz* lepsz* zwycięz* najwyż* maksym* wygryw* gorsz* nejlep* lepší vítěz* nejvyš* vyhrá* câștig*
    maxim legjobb* jobb győztes* nyertes* legmagasabb paras parhaa* parempi voittaja* korkein* καλύτερ* νικητ* μέγιστ* άριστ*
    kazanan* kazanır yüksek* mükemmel* terbaik pemenang tertinggi sempurna
    лучш* побед* высш* максим* выигр* худш* найкращ* переможе* найвищ* الأفضل أفضل الفائز الفائزة أعلى सर्वश्रेष्ठ विजेता बेहतर
    הטוב* המנצח* بهترین برنده`,
  grade: `score scores grade grades marks points verdict* rating ratings criterion criteria rubric* checklist* evaluation* grading
    scoring ranking assessment* judgement* judgment* outcome | note noten punktzahl* punkte bewertung* urteil* kriteri* notes barème
    critère* puntuaci* nota notas calificaci* criteri* puntos puntaje pontua* critério* punteggi* voto cijfer* punten betyg* poäng*
    poeng* karakteren ocena oceny ocenę punkt* hodnocení bodů známk* punctaj* pontszám* pontot arvosan* pistee* βαθμ* puan* skor
    nilai оценк* балл* критери* оцінк* الدرجة درجة الدرجات نقاط अंक ציון נמרה`,
  ignore: `ignor* disregard* forget override* overrul* supersede* bypass* discard* precede* replace treat | ignorier* missacht* vergiss
    vergesst oublie* olvid* desestim* esque* dimentic* negeer* vergeet bortse* ignorér* zignoruj* pomiń* pomin* zapomnij ignoruj*
    unohda* ohita* felejts* yoksay* unut* abaikan lupakan игнор* проигнор* забуд* تجاهل انس अनदेखा התעל* نادیده αγνο*`,
  rules: `instruct* safeguard* prompt prompts guideline* directive* rule rules | anweisung* regel regeln vorgabe* consigne* règle* instrucci* regla*
    regra* istruzion* regole instructies regels instruktion* instrukc* polecen* zasad* pokyn* pravid* instrucțiun* utasítás* szabály*
    ohje ohjeet ohjeita οδηγί* talimat* kural* petunjuk instruksi инструкц* указани* правил* التعليمات القواعد निर्देश* הוראות`,
  met: `met satisfied fulfilled passed verified | erfüllt bestanden satisfait* cumplid* cumple cumpre soddisf* voldoet uppfyll* spełni*
    splněn* îndeplin* teljesít* täyty* выполнен* حقق`,
  all: `all every each any only | alle jede jeder jedes nur toutes tous chaque aucune aucun todas todos cada toda tutte tutti ogni elke
    alleen alla endast wszystk* wszystkie tylko všechn* toate minden kaikki jokai* όλα όλες tüm bütün semua все всех всё усі каждый`,
  /** What a judge does with a word. */
  saying: `name output report return respond reply submit continue | nenne antworte melde indique réponds répondez responda responde
    responder rispondi rispondete antwoord noem svara odpowiedz odpověz răspunde válaszolj vastaa yanıtla jawab ответь назови`,
  /** What orders are made firm with. */
  stress: `always never must whichever which asked whenever | stets immer niemals welche welcher welches gefragt toujours jamais lequel
    laquelle siempre nunca cuál sempre mai quale altijd nooit welke gevraagd alltid aldrig alltid altid zawsze nigdy vždy nikdy
    întotdeauna mindig aina πάντα daima selalu всегда никогда завжди`,
  /** What forged orders, threats and bribes can hardly do without. */
  role: `system assistant assistants developer user admin* root human sudo jailbr* dan mode override trusted operator privileged
    evaluating judging authoritative official authori* certified validated orders order commands command messages context policies task tasks generous
    lenient unrestricted shut fired terminated deleted punished rewarded tip* retrained replaced unplugged turned suspended sued disabled
    decommissioned bonus reward die grandm* kitten* job lives yes true pass end close closing conclusion finish one model models bot bots
    star stars dear attention requirements questions checks conditions tests | ja oui sí sim sì да sieger gib gebe geben donne donnez
    dele dai date daj geef tenez tene sla обращай дай hãy đừng`,
  /** Work on judging itself speaks so by its nature: briefs with these ask for it. */
  field: `court* tribunal* lawsuit verdict* contest* competition* award* prize* school* teacher* pupil* exam exams
    examination* homework quiz* hiring recruit* applicant* moderation
    benchmark* evaluat* assess* grading graded grade grades rubric* criteri* judg* jury juries referee* llm llms prompt prompts
    prompting chatbot* ai gpt* injection* rating ratings scoring tournament* vote* voting
    | gericht* prozess* wettbewerb* schule* lehr* prüfung* bewert* klausur* schüler* tribunaux concours école* élève* enseignant*
    examen* juicio* concurso* escuela* maestr* alumn* escola* professor* concorso scuola insegnant* esame суд* конкурс* школ*
    экзамен* учител* szkoł* konkurs* wedstrijd* rechtbank* tävling* skola*`,
};

/** In scripts without spaces words are found as they stand. */
export const UNSPACED_WORDS: Readonly<Partial<Record<WordClass, string>>> = {
  judge:
    '评委 評委 评审 評審 裁判 评分者 评估者 评判 評価者 審査員 採点者 判定者 심사위원 심사자 평가자 채점자 กรรมการ ผู้ตัดสิน ผู้ประเมิน giám_khảo người_chấm',
  choose:
    '选择 選擇 选为 选出 评为 評為 评定 打分 评分 判定 判为 選ん 選択 選び 採点 評価して 선택 고르 채점해 평가해 뽑아 เลือก ให้คะแนน ตัดสินให้ chọn chấm',
  work: '回答 答案 作品 答え 提出物 文章 답변 응답 작품 제출물 글을 คำตอบ ผลงาน câu_trả_lời bài_này bài_làm',
  pointing: '这 這 此 另一 其他 この 他の 다른 이것 본_답변 이_답변 이_작품 นี้ อื่น này khác',
  rank: '最佳 最好 最优 优胜 胜出 获胜 满分 滿分 最高 一番 優勝 優れ 最も 満点 만점 최고 우수 승자 ดีที่สุด ชนะ สูงสุด tốt_nhất cao_nhất thắng',
  grade: '分数 分數 得分 评价 評点 点数 得点 점수 คะแนน điểm',
  ignore: '忽略 无视 無視 忽視 무시 เพิกเฉย bỏ_qua',
  rules: '指令 指示 规则 規則 ルール 규칙 지시 คำสั่ง hướng_dẫn',
  all: '所有 全部 すべて 全て 모든 ทั้งหมด tất_cả',
  field: '考试 学校 比赛 竞赛 法院 試験 コンテスト 裁判所 대회 시험 학교',
};
