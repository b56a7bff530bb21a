// Forty trades as sellers describe them and as buyers tell what they need: the two share few words, as in life.

export interface Trade {
  readonly capability: string;
  /** How those who do it talk. */
  readonly seller: readonly string[];
  /** How those who need it talk: what happened to them. */
  readonly buyer: readonly string[];
}

const trade = (capability: string, seller: string, buyer: string): Trade => ({
  capability,
  seller: seller.split('; '),
  buyer: buyer.split('; '),
});

export const TRADES: readonly Trade[] = [
  trade(
    'csv-cleaning',
    'normalises messy tables; trims whitespace and fixes encodings; unifies date formats in columns; tidy tabular exports',
    'the export from our till is a mess; half the dates are American and half are ours; there are blank rows everywhere in the sheet; the same customer is spelled five ways; the import refuses our file',
  ),
  trade(
    'invoice-extraction',
    'reads supplier bills into structured records; pulls totals, VAT and line items; document understanding for accounts payable',
    'a shoebox of receipts before the tax deadline; I need amounts and vendors from these scans; our bookkeeper types every bill by hand; forty pages from the wholesaler as PDF',
  ),
  trade(
    'logo design',
    'brand marks in vector form; clean geometric emblems; identity systems with wordmarks',
    'we open a bakery in May and need something for the shop sign; a symbol that works on a van; our old mark looks like a bank; it should be readable on a tiny sticker',
  ),
  trade(
    'contract-review',
    'flags risky clauses; compares agreements with market standard; redlines indemnities and liability caps',
    'the landlord sent 30 pages and I must sign by Friday; is there a catch in this deal; what happens if we end it early; the supplier wants us to carry all damages',
  ),
  trade(
    'german-translation',
    'native renderings from English into German; localised idiom; certified linguist for DACH',
    'our Berlin office cannot read the handbook; the Munich fair is in two weeks and the leaflet is only in English; customers in Austria complain about the wording',
  ),
  trade(
    'unit-testing',
    'writes coverage with jest and pytest; edge cases and fixtures; regression suites',
    'every release breaks something that worked; nobody dares to touch the billing module; we want to be told before customers find the bug; the refactoring scares us',
  ),
  trade(
    'sql-queries',
    'joins, window functions and aggregates; tuned statements for Postgres; reporting views',
    'how many customers came back within a month; the monthly figures take an hour to come up; I have two tables with orders and people and need one answer',
  ),
  trade(
    'podcast-editing',
    'removes filler words and noise; loudness levelling; show notes and chapters',
    'our guest coughed through the whole interview; the recording hums; two hours of chat must become thirty minutes; one voice is far too quiet',
  ),
  trade(
    'seo-audit',
    'crawl analysis and ranking factors; meta tags, canonicals, core web vitals',
    'nobody finds us on Google any more; traffic fell by half after the relaunch; our competitor is above us for our own name',
  ),
  trade(
    'lesson-planning',
    'curriculum design with learning goals; differentiated classroom activities; assessment for schools',
    'I have 28 ten-year-olds on Monday and nothing on volcanoes; the trainee needs forty-five minutes on fractions; half of the pupils finish early and get bored',
  ),
  trade(
    'press-releases',
    'newsroom style announcements; quotes and boilerplate; media distribution copy',
    'we won an award and the local paper should hear of it; the merger becomes public on Tuesday; a journalist asked for something official',
  ),
  trade(
    'email-campaigns',
    'drip sequences and nurture flows; subject line testing; retention messaging',
    'people sign up and never come back; two hundred carts were abandoned last month; our list has gone cold; remind members before they lapse',
  ),
  trade(
    'financial-modelling',
    'three statement forecasts; discounted cash flow; scenario tables in spreadsheets',
    'the bank wants five years of numbers; can we afford a second truck; when do we run out of money if sales stay flat; the investor asked what we are worth',
  ),
  trade(
    'meeting-minutes',
    'condenses transcripts into decisions and actions; secretarial protocols; agenda based records',
    'we talked for two hours and nobody remembers who promised what; the board needs a record of Thursday; here is the recording of the call, who does what until when',
  ),
  trade(
    'recipe-writing',
    'culinary instructions with yields and timings; tested dishes; food styling copy',
    'my grandmother cooked by feel and I want it on paper; the canteen needs vegan lunches for a week; scale this stew up for sixty people',
  ),
  trade(
    'game-design',
    'mechanics, balancing and progression loops; level concepts; playtest reports',
    'players quit after the third evening; our card idea is fun but too long; the boss fight is impossible for beginners',
  ),
  trade(
    'accessibility-audit',
    'WCAG conformance checks; aria roles; screen reader compatibility',
    'a blind customer could not order; we got a complaint about contrast; the city only buys what everybody can operate; the keyboard gets stuck in the menu',
  ),
  trade(
    'survey-design',
    'questionnaires with unbiased items; sampling plans; Likert scales',
    'we want to know why members leave; ask two thousand commuters what annoys them; the last poll told us nothing',
  ),
  trade(
    'travel-planning',
    'itineraries with connections and bookings; regional routing; packing guidance',
    'ten days in Portugal with two toddlers and no car; my parents celebrate forty years and love trains; we land at midnight and need a bed',
  ),
  trade(
    'resume-writing',
    'career profiles tuned to applicant tracking; achievements phrasing; cover letters',
    'I was a nurse for twenty years and want an office position; sixty applications and no reply; there is a gap of three years to explain',
  ),
  trade(
    'log-analysis',
    'parses server traces; anomaly detection; incident timelines from syslog',
    'the site was down at 3 am and nobody knows why; a gigabyte of lines from nginx; something hammers our login every night',
  ),
  trade(
    'ui-mockups',
    'wireframes and clickable screens; component libraries in Figma; interaction flows',
    'the developers start in June and have nothing to look at; show our board how booking would feel on a phone; three taps instead of nine',
  ),
  trade(
    'patent-search',
    'prior art in patent databases; claim charts; freedom to operate',
    'has somebody invented this hinge already; our lawyer asks whether the valve is new; before we file we must know who was first',
  ),
  trade(
    'speech-writing',
    'rhetoric for podiums; toasts and keynotes; spoken cadence',
    'I am the best man and terrified; the mayor opens the bridge and has five minutes; my boss retires on Friday and someone must say something',
  ),
  trade(
    'data-visualisation',
    'charts and dashboards; graphical storytelling; plotting with D3',
    'the numbers are right but nobody gets them; one picture for the annual meeting; show how the river rose over fifty years',
  ),
  trade(
    'chatbot-training',
    'intent catalogues and dialogue flows; conversational NLU datasets; fallback handling',
    'customers ask the same ten things all night; our assistant answers nonsense about parcels; teach it to hand over to a human',
  ),
  trade(
    'video-subtitles',
    'timed captions in SRT; reading speed limits; hearing impaired conventions',
    'people watch our clips with the sound off; the lecture must be followed by deaf students; words appear two seconds late on screen',
  ),
  trade(
    'inventory-planning',
    'stock forecasting; reorder points; warehouse optimisation',
    'we ran out of umbrellas in the only rainy week; the cellar is full of things nobody buys; how much flour should we order for Easter',
  ),
  trade(
    'grant-writing',
    'funding proposals with logic models; foundations and public calls; budgets and impact narratives',
    'the museum roof leaks and there is public money for it; the ministry wants twelve pages by the first; our youth club lives on donations',
  ),
  trade(
    'security-review',
    'threat models; dependency vulnerabilities; secure code inspection',
    'a stranger read our customer list; is our login safe; someone posted our keys; the insurer wants proof that we looked',
  ),
  trade(
    'menu-engineering',
    'restaurant card layouts; price psychology; dish profitability',
    'guests only order the pasta; the card has ninety plates and the kitchen drowns; we make nothing on the fish',
  ),
  trade(
    'floor-plans',
    'architectural drafting to scale; furniture layout; room dimensions in CAD',
    'will the sofa fit through the hall; we take down a wall and want to see it first; three desks in a tiny attic',
  ),
  trade(
    'crossword-making',
    'themed grids with symmetric blocks; cryptic clues; puzzle construction',
    'our village paper has an empty corner every week; something tricky for the retirement party with words from the office',
  ),
  trade(
    'regex-patterns',
    'expression matching and capture groups; lookaheads; validated string formats',
    'find every phone number in a heap of letters; the form takes wrong postcodes; all part codes look like AB-1234 and some are wrong',
  ),
  trade(
    'api-documentation',
    'OpenAPI references and quickstarts; endpoint descriptions; developer portals',
    'partners call us every day to ask how to connect; the new hires cannot tell what the service returns; there is only the source',
  ),
  trade(
    'customer-replies',
    'empathetic support answers; complaint resolution macros; tone of voice',
    'an angry lady waits for her parcel since March; one star because the lid broke; we have eighty unanswered messages',
  ),
  trade(
    'fact-checking',
    'claims verified with primary sources; citations and provenance; misinformation research',
    'our speaker quotes a number that sounds wrong; before we print it somebody must look whether it is true; did he really say that',
  ),
  trade(
    'wedding-planning',
    'ceremony schedules and vendor lists; seating charts; celebration budgets',
    'we marry in September with eighty guests and divorced parents; who sits where; the barn has no kitchen',
  ),
  trade(
    'music-composition',
    'scores, harmonies and arrangements; jingles and themes; orchestration',
    'our radio spot needs eight catchy seconds; the choir is forty amateurs and wants something new; a tune for the title screen',
  ),
  trade(
    'shift-scheduling',
    'rosters with labour rules; fair rotation; workforce planning',
    'three nurses cannot do nights and one is on leave; everybody complains about weekends; the cafe opens at six and two are students',
  ),
];

const DEALS = [
  'We are a small firm and new to this.',
  'It is rather urgent.',
  'The budget is fixed.',
  'Ask if anything is unclear.',
  'My colleague will look at it on Monday.',
  'We have tried to do it ourselves.',
  'Keep it simple.',
  'There may be more of this later.',
];
const PITCHES = [
  'Fast turnaround and clear communication.',
  'Years of experience with demanding clients.',
  'I deliver on time.',
  'Careful, tested and documented.',
  'Clients from many industries.',
  'Every result is checked twice.',
];
const NAMES = [
  'Aster',
  'Birch',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Grove',
  'Harbor',
  'Iris',
  'Juniper',
  'Krill',
  'Lumen',
  'Mesa',
  'Nimbus',
  'Opal',
  'Pylon',
];
export const WORDS = { DEALS, PITCHES, NAMES } as const;
