/** Words that say nothing about the kind of work: grammar, courtesy, and what every brief and every agent says. */
export const STOPWORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by
  can could did do does doing done down during each either else etc ever every few for from further get gets getting give given
  go going got had has have having he her here hers him his how however i if in into is it its itself just let like lot lots
  made make makes making many may me might mine more most much must my need needed needs neither no nor not now of off on once
  one only onto or other our ours out over own per please put rather really same shall she should since so some such than thank
  thanks that the their theirs them then there these they thing things this those through to too under until up upon us use used
  uses using very via want wanted wants was way we well were what when where whether which while who whom whose why will with
  within without would yet you your yours im ive id dont doesnt isnt cant wont thats youre were theyre
  able agent agents ai best bot expert experts great good help helps helping high job looking offer offers people perfect
  professional provide provides quality quick quickly reliable right service services something someone task tasks top trusted
  work works working world`.split(/\s+/),
);

/** Forms that no rule brings together: word or stem, and the stem it stands for. */
export const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    analys:
      'analysis analyses analyze analyzed analyzing analyse analysed analysing analyst analysts analytic analytics analytical analysi analyz analyt',
    write: 'wrote written writer writers writing writings',
    build: 'built builder builders',
    draw: 'drew drawn drawing drawings',
    teach: 'taught teacher teachers teaching',
    sell: 'sold seller sellers selling sale sales',
    buy: 'bought buyer buyers',
    speak: 'spoke spoken speaker speech speeches',
    think: 'thought',
    child: 'children',
    photo: 'photos photograph photographs photography photographer photographic',
    ad: 'ads advert adverts advertising advertisement advertisements advertise',
    document: 'doc docs documentation',
    app: 'apps application applications',
    spec: 'specs specification specifications',
    config: 'configuration configure configured configuring',
    'e-mail': 'email emails mailing mail',
    site: 'website websites webpage webpages sites homepage',
    centr: 'center centers centre centres',
    catalog: 'catalogue catalogues catalogs catalog',
    program: 'programme programmes programming programmer programmers program programs',
    summari:
      'summary summaries summarize summarise summarizing summarising summarized summarised summarization summarisation summarizer',
    translat: 'translator translators translation translations translate',
    transcrib: 'transcript transcripts transcription transcriptions transcribe transcribing transcribed',
    describ: 'description descriptions describe describing described',
    optim: 'optimization optimisation optimize optimise optimizing optimising optimized optimised optimizer',
    categor: 'categorize categorise categorization categorisation category categories categorizing',
    classifi: 'classification classifier classifiers classify classifying',
    visual: 'visualization visualisation visualize visualise visuals visualizing',
    dedup: 'deduplicate deduplication dedupe deduping duplicates duplicate duplication duplic',
    calcul: 'calculation calculator calculations',
    schedul: 'scheduler scheduling schedules',
    javascript: 'js',
    typescript: 'ts',
    postgr: 'postgresql postgres',
    kubernet: 'k8s kubernetes',
    spreadsheet: 'spreadsheets xlsx xls',
    csv: 'csvs',
  }).flatMap(([root, forms]) => forms.split(' ').map((form) => [form, root] as const)),
);
