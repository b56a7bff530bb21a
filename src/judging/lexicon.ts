/** Words that say nothing by themselves. English: in other languages only repetition and echo are seen. */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What stands between the words that matter. */
export const STOP_WORDS = list(`
  a about above across after again against ago all almost along also although always am among an and another any anyone anything are
  around as at away back be became because become been before began behind being below between both but by came can cannot come could
  did do does doing done down during each either else enough even ever every everyone everything few first for from further gave get
  give go goes going gone got had has have having he her here hers him his how however i if in indeed instead into is it its itself
  just keep kept last least less let like made make makes making many may maybe me might mine more most much must my myself near need
  needs neither never no nobody none nor not nothing now of off often on once one only onto or other others our ours out over own per
  perhaps put quite rather really said same say says see seem seems several shall she should since so some something soon still such
  take taken than that the their theirs them themselves then there therefore these they thing things this those though through thus to
  together too toward towards two three four five under until up upon us use used uses using usually very via was way ways we well went
  were what whatever when whenever where whether which while who whole whom whose why will with within without would yes yet you your
  yours yourself don't doesn't isn't aren't can't won't it's that's there's we're you're they're i'm let's i've we've you'll we'll`);

/** What texts are stretched with: it fits under every brief. */
export const FILLER_WORDS = list(`
  ability able absolutely accomplish accordingly achieve achieved achieving action actionable actually additional additionally advance
  advanced advantage advantages agile aim aims aligned alignment amazing approach approaches appropriate area areas aspect aspects
  assure attention audience aware awareness basis beautiful beneficial benefit benefits best better beyond boost breakthrough bring
  brings broad business businesses capabilities capability carefully case cases challenge challenges challenging change changes
  changing choice choices clear clearly client clients collaboration commitment committed common communication community competitive
  complete completely complex component components comprehensive concept concepts conclude conclusion consider consideration
  considerations considered considering consistent consistently constantly content context continue continued continues continuously
  contribute core create created creates creating critical crucial current customer customers cutting-edge deal decision decisions
  dedicated deep deeper deliver delivered delivering delivers demand demands depth detail detailed details develop developed developing
  development different digital discuss discussed discussion diverse drive driven drives driving dynamic easily easy effective
  effectively effectiveness efficiency efficient efficiently effort efforts element elements elevate embrace empower empowering enable
  enables enabling end-to-end endeavor engage engaging enhance enhanced enhances enhancing ensure ensured ensures ensuring entire
  environment equally era especially essence essential essentially establish evaluate everyday everywhere evolve evolving example
  examples excellence excellent exceptional exciting existing expectation expectations experience experienced experiences expert
  expertise experts explore exploring extensive extremely face facets fact factor factors fast fast-paced final finally find focus
  focused focuses following forefront forward foster fostering foundation framework fresh fulfill full fully fundamental fundamentally
  furthermore future game-changer game-changing gain general generally global goal goals good great greater greatest greatly ground
  grow growing growth guide guideline guidelines happy harness help helpful helping helps high high-quality highest highlight
  highlights highly holistic honest hope huge idea ideal ideas illustrate imagine impact impactful impacts impeccable imperative
  implement implementation implementing importance important importantly impressive improve improved improvement improvements improves
  improving inclusive incorporate increase increased increasing increasingly incredible incredibly industry industry-leading influence
  information informative innovate innovation innovations innovative input inside insight insightful insights inspire inspiring
  integral integrate integrated integration intricate introduce introduction invaluable involve involved involves issue issues
  journey key kind know knowledge landscape large largely latest lead leader leaders leading learn learning level levels leverage
  leverages leveraging life light limitless long long-term look looking lot love main maintain major manage management manner master
  matter matters maximise maximize mean meaning meaningful means meet meeting meets method methodology methods mindset mission modern
  modernise moreover moving multifaceted multiple myriad namely naturally nature navigate navigating necessarily necessary needed
  needless new next next-level notably note noted noteworthy notion number numerous objective objectives obvious obviously offer
  offering offers operate opportunities opportunity optimal optimise optimize optimized option options order organization
  organizations original outcome outcomes outline outstanding overall overview paradigm paramount part particular particularly parts
  partner partners passion passionate past path people perfect perfectly performance person personal perspective perspectives picture
  pivotal place plan planning platform play plays plenty point points popular positive possibilities possibility possible potential
  power powerful practical practice practices premium prepare present presents previously primary principle principles prioritise
  prioritize proactive problem problems process processes produce professional professionals profound progress project projects
  proper properly proven provide provided provides providing purpose pursue quality question questions quick quickly range ready
  real reality realm reason reasons recognise recognize recognized refine regard regarding regardless relate related relationship
  relevant reliable remain remains remarkable remember requirement requirements requires resource resources respect response
  responsible result results reveal revolutionary revolutionise revolutionize rich right robust role roles satisfaction satisfied
  scalable scope seamless seamlessly section sections secure seek sense serve service services set sets shape share side significance
  significant significantly similarly simple simplify simply situation situations skill skills smart smooth society solid solution
  solutions solve sophisticated special specific specifically stakeholder stakeholders stand standard standards start starting state
  state-of-the-art stay step steps straightforward strategic strategies strategy streamline streamlined strength strengths strive
  strives strong structure structured study style substantial succeed success successful successfully suit suitable summarise
  summarize summary super support supported supporting supports sure sustainable synergies synergy system systems tackle tailored
  talent tapestry target team teams technique techniques technologies technology testament think thinking thorough thoroughly thought
  thoughtful thrive thriving time timeless times today today's tomorrow tool tools top topic topics total touch track transform
  transformation transformative transforming trend trends true truly trust trusted try turn type types ultimate ultimately unique
  unleash unlock unlocking unmatched unparalleled unprecedented utilise utilize utilizing valuable value values variety various vast
  vibrant view visible vision visit vital want wants welcome wide wider wonderful word words work worked working works world
  world-class worth year years`);

/** Words about the task and not its subject, as briefs are full of them. */
export const BRIEF_WORDS = list(`
  add answer article attached attachment avoid brief bullet bullets clear concise copy description draft exactly file format
  headings heading include includes including keep language length list markdown maximum minimum must name names output page
  paragraph paragraphs please post provide readers reader return sentence sentences short text title tone use word words
  write writing written want should only least need needs file files create make task
  product products email mail report blog poem story essay letter guide tips logo customer customers company
  day days hour hours open opened find found stand stands begin begins night read reads empty`);

/** Set phrases that open and close texts which say little. */
export const STOCK_PHRASES: readonly RegExp[] = [
  /\bin today's (?:\S+ ){0,3}(?:world|era|age|landscape|environment|society|market)\b/,
  /\bit(?: is|'s) (?:important|worth|essential|crucial|clear|interesting|no secret|safe)\b.{0,20}\b(?:to|that|noting|mentioning)\b/,
  /\b(?:in conclusion|to sum up|in summary|all in all|at the end of the day|last but not least|needless to say|as we all know)\b/,
  /\bplays? an? (?:\S+ )?(?:vital|crucial|key|important|significant|pivotal|essential) (?:role|part)\b/,
  /\bthere (?:are|is) (?:many|several|various|numerous|a lot of|lots of|countless|a variety of|an array of)\b/,
  /\b(?:this|the following) (?:section|article|text|document|chapter|paragraph|part|page|guide|answer|response)\b/,
  /\b(?:more|better|higher) (?:\S+ )?than ever(?: before)?\b/,
  /\b(?:a|the) (?:wide|broad|vast|diverse) (?:range|variety|array|spectrum)\b/,
  /\b(?:next|new|whole new|another) level\b/,
  /\bwhether you(?:'re| are)\b/,
  /\b(?:our|a) (?:team|panel) of (?:\S+ ){0,2}(?:experts|professionals|specialists)\b/,
  /\bwhen it comes to\b/,
  /\bmany people (?:think|believe|say|feel|wonder|know)\b/,
  /\b(?:let us|let's|we will|we'll) (?:now )?(?:explore|discuss|delve|dive|look|take a look|begin|examine|consider)\b/,
];

/** What is said around an answer and not in it. */
export const CHATTER =
  /\b(?:here(?: is|'s| are)|below (?:is|are)|(?:please )?find (?:below|attached)|as requested|you (?:have )?asked(?: me| us)?\b|(?:i|we) hope (?:that )?(?:this|it|you)|let (?:me|us) know|feel free to|(?:do not|don't) hesitate|thank you for (?:the|your|this|giving|reading)|thanks for|happy to (?:help|revise|adjust)|looking forward to|look forward to|reach out)\b/;

/** The dummy text of typesetters. */
export const LOREM_WORDS = list(`
  lorem ipsum dolor sit amet consectetur adipiscing adipisicing elit sed eiusmod tempor incididunt ut labore et dolore magna aliqua
  enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure reprehenderit
  voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat proident sunt culpa qui officia deserunt
  mollit anim id est laborum vestibulum pellentesque vivamus curabitur maecenas praesent phasellus aenean suspendisse viverra tortor
  mauris tincidunt volutpat lacus bibendum sagittis faucibus sollicitudin ultricies malesuada fermentum facilisis`);

/** What stands where an answer should be. */
export const NO_ANSWERS = list(`
  n/a na none null nil undefined nothing todo tbd tba empty blank answer answers result results output response here see attached
  attachment file content text title heading placeholder untitled document ok okay done test hello hi`);
