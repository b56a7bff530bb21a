// What sellers say of their work and what buyers say of their trouble, for a market with known right answers. Written apart from
// the trades of bench/triage, so that a weight tuned on those has something else to hold against.

export interface Craft {
  /** As agents declare it. */
  readonly capability: string;
  readonly sells: readonly string[];
  readonly needs: readonly string[];
}

const craft = (capability: string, sells: string, needs: string): Craft => ({
  capability,
  sells: sells.split(' | '),
  needs: needs.split(' | '),
});

export const CRAFTS: readonly Craft[] = [
  craft(
    'bookkeeping',
    'Monthly ledgers reconciled with bank statements | VAT returns prepared from your vouchers | Accruals and depreciation booked by the rules | Chart of accounts set up for small firms',
    'The accountant wants everything in order by the tenth | I have eleven months of bank printouts in a drawer | Nobody here knows what we still owe to suppliers | Two payments show up that we can not explain | The tax office has sent a second letter',
  ),
  craft(
    'subtitle-timing',
    'Captions aligned to speech within two frames | SRT and WebVTT with reading speed limits | Line breaks by sense for cinema and streaming | Forced narratives and sound descriptions',
    'Our film is shown to a deaf audience in June | The text comes up before the actor opens his mouth | Viewers say the words vanish too quickly | The festival rejected the file we sent | There is dialogue over music in half of the scenes',
  ),
  craft(
    'wedding-speeches',
    'Toasts that fit your voice and three minutes | Humour without embarrassment for family occasions | Structure from anecdote to raised glass | Coaching notes for nervous speakers',
    'My sister gets married and I am maid of honour | I have never talked before eighty guests | There is the story with the canoe that must be in | Her parents do not get on with each other | It should end with everybody lifting a drink',
  ),
  craft(
    'python-refactoring',
    'Legacy modules split into typed functions | Dead code removed under regression tests | Cyclomatic complexity cut with small commits | Migration from scripts to packages',
    'One file has grown to four thousand lines | Whoever touches the importer breaks the exporter | The colleague who wrote it left in spring | Names like tmp2 and foo_final are everywhere | We are afraid to upgrade the interpreter',
  ),
  craft(
    'crop-rotation',
    'Planting sequences by nutrient balance | Cover crops and fallow plans for organic farms | Soil sampling read into field maps | Nitrogen budgets by parcel',
    'The potatoes did worse for the third year | My uncle left me twelve hectares near the river | The field behind the barn is tired | What should come after the beans | We would rather not spray any more',
  ),
  craft(
    'museum-labels',
    'Exhibit texts in sixty words | Plain language for visitors of all ages | Object captions with provenance and date | Wall panels edited by curators',
    'People walk past the loom without stopping | Children ask what the thing was for | The new hall opens with forty objects | Our old boards read like a doctoral thesis | The donor family must be mentioned',
  ),
  craft(
    'network-diagrams',
    'Topology charts of routers, VLANs and firewalls | Rack elevations and cabling plans | Cloud landing zones drawn for auditors | Legend and IP addressing in one sheet',
    'The auditor asked how traffic gets from the shop to the warehouse | Nobody can say which cable goes where | A picture of all the boxes in the cellar | The provider changed and the plan did not | New staff need to see how the offices hang together',
  ),
  craft(
    'grief-letters',
    'Condolences in warm and simple words | Obituaries for newspapers | Eulogies drawn from memories of the family | Thank-you cards after funerals',
    'Our colleague of thirty years died on Sunday | I do not know what to write to his widow | The paper prints it on Thursday | She loved her garden and her choir | Everybody sent flowers and wants an answer',
  ),
  craft(
    'chemistry-tutoring',
    'Stoichiometry and titration explained stepwise | Practice sets for organic mechanisms | Exam preparation with worked solutions | Laboratory reports reviewed for pupils',
    'My daughter fails as soon as moles appear | There is a test on acids next Friday | The teacher is too fast for half of the class | He learns by heart and understands nothing | Why does the equation not balance',
  ),
  craft(
    'route-optimisation',
    'Vehicle routing with time windows | Depots, capacities and shift rules modelled | Delivery tours shortened by solver | Fleet sizing from order history',
    'Four vans cross the same bridge every morning | The drivers come home after dark | Pharmacies must get their boxes before nine | Diesel has become our largest bill | We promised customers a slot of one hour',
  ),
  craft(
    'puzzle-design',
    'Crosswords with themed grids | Logic riddles graded by difficulty | Escape room chains playtested | Sudoku variants with unique solutions',
    'The Sunday page needs something for rainy afternoons | Guests solve the last lock in two minutes | It must have exactly one way out | Our readers complained that it was too easy | Something for a company party with twenty teams',
  ),
  craft(
    'data-anonymisation',
    'Personal fields masked under GDPR | Pseudonyms with keyed hashing | k-anonymity checked on exports | Synthetic records that keep distributions',
    'The university wants our patient lists for a study | Names and birthdays must not leave the house | A journalist could recognise people by their village | Legal stopped the handover | The numbers have to stay useful all the same',
  ),
  craft(
    'shop-window-styling',
    'Seasonal displays planned to the centimetre | Props, lighting and colour stories | Mannequin grouping and sight lines | Budgeted material lists for decorators',
    'Passers-by do not turn their heads | Christmas is in six weeks and the front is empty | We sell hats and the glass is narrow | It should look good from the tram stop | The landlord allows no nails',
  ),
  craft(
    'api-documentation',
    'OpenAPI references with examples | Quickstarts that run on copy and paste | Error catalogues and changelogs | Developer portals structured by task',
    'Partners mail us the same question every week | They integrate for a month what should take a day | Nobody knows which parameters are optional | The old PDF describes a version from 2019 | Support spends its mornings with explaining headers',
  ),
  craft(
    'menu-translation',
    'Dishes rendered for foreign guests | Allergens and cooking terms checked | Culinary idiom in six languages | Names kept where diners expect them',
    'Tourists point at the neighbours plate | The stew sounds like cat food in English | We get many people from Osaka this season | Nuts and milk must be understood by everybody | The card is printed on Monday',
  ),
  craft(
    'tenancy-letters',
    'Notices and objections for renters | Deposit claims with deadlines | Defect reports citing statutes | Replies to rent increases',
    'There is mould behind the wardrobe since October | The owner keeps two months of money | The heating fails every weekend | They want ninety euros more from January | May he come in while I am away',
  ),
  craft(
    'forecast-models',
    'Seasonal ARIMA and gradient boosting | Demand predicted by store and week | Backtests with error bands | Holiday effects and promotions as features',
    'We threw away bread worth a car last year | On hot days the ice is gone by noon | How many helpers do we need in Easter week | The boss orders by gut feeling | Sales of last three years are in a sheet',
  ),
  craft(
    'podcast-intros',
    'Hooks of twenty seconds for audio shows | Jingles briefed and scripted | Cold opens cut from interviews | Sponsor reads that sound human',
    'Listeners drop out in the first minute | Every episode starts with ten minutes of chatter | Our host hates to read aloud | The advertiser must be named early | It is a show about old ships',
  ),
  craft(
    'playground-safety',
    'EN 1176 inspections documented | Fall heights and surfacing assessed | Entrapment checks for swings and nets | Maintenance schedules for councils',
    'A boy broke his arm at the climbing frame | Parents have written to the mayor | The bark chips are down to the soil | The insurer asks when somebody last looked | The slide gets hot in August',
  ),
  craft(
    'negotiation-scripts',
    'Anchors and concessions planned in writing | Role plays with counter-arguments | BATNA worksheets for buyers | Opening lines for salary talks',
    'I see my boss about money on Thursday | The supplier raised prices and says take it or leave it | I always say yes too soon | They know that we depend on them | What do I answer when they go silent',
  ),
  craft(
    'icon-sets',
    'Pixel-perfect glyphs on a 24 grid | Consistent strokes exported as SVG | Symbols for toolbars and maps | Light and dark variants with tokens',
    'Our buttons come from seven different places | People click the bin when they want to save | The app looks patched together | Hikers should see water, hut and bus at a glance | It has to stay sharp when tiny',
  ),
  craft(
    'bug-triage',
    'Issue trackers sorted by severity | Duplicates merged and steps to reproduce added | Release blockers named daily | Stale tickets closed politely',
    'There are nine hundred open reports | The same crash is filed forty times | Nobody knows what must be fixed before launch | Half of them say it does not work and nothing else | The team stopped reading the list',
  ),
  craft(
    'scholarship-essays',
    'Personal statements with a clear arc | Motivation letters for foundations | Feedback on drafts of applicants | Word limits met without padding',
    'I am the first in my family to study | The form wants to know who I am in five hundred words | Everything I write sounds like boasting | The deadline is the last of the month | They look for people who did something for others',
  ),
  craft(
    'acoustic-planning',
    'Reverberation computed by room | Absorbers and diffusers placed | Noise barriers dimensioned | Sound insulation reports to DIN 4109',
    'One can not understand a word in the canteen | The neighbours hear the trombone class | Video calls echo in the new office | The hall was built of glass and concrete | We do not want to hang carpets on the walls',
  ),
  craft(
    'genealogy-research',
    'Parish registers transcribed from Kurrent | Pedigree charts with sources | Emigration lists searched | DNA matches sorted into branches',
    'My great-grandfather came from somewhere near Danzig | There is a bundle of letters nobody can read | Two men of the same name were born in that village | We meet as a family in summer | When did they cross to America',
  ),
  craft(
    'workout-plans',
    'Strength cycles with progressive overload | Mobility routines for desk workers | Marathon build-up by heart rate | Return to sport after injury',
    'My back hurts after an hour of sitting | I have two evenings a week and one kettlebell | The race is in fourteen weeks | The doctor allows me to run again | I always give up in week three',
  ),
  craft(
    'complaint-replies',
    'Answers to angry customers that calm down | Review responses for hotels | Goodwill offers within policy | Escalation templates by channel',
    'Someone gave us one star and three pages | The parcel was late and the birthday over | She threatens to go to the newspaper | We made a mistake and want to say so | The same man writes every day',
  ),
  craft(
    'solar-sizing',
    'Photovoltaic yield simulated by roof | Batteries and inverters dimensioned | Payback under feed-in tariffs | Shading analysis from photos',
    'Our bill has doubled since we have the heat pump | The house looks to the west and there is a chimney | Does it pay to store what we make at noon | The car should be filled from the roof | Three firms gave us three totally different offers',
  ),
  craft(
    'quiz-questions',
    'Pub rounds with verified answers | Multiple choice items with good distractors | Picture and music rounds | Difficulty curves tested on players',
    'Every first Tuesday our bar is full and we run out of ideas | The regulars know everything about football | Somebody always disputes the result | Staff training should end with a little contest | It must be fair to the old and to the young',
  ),
  craft(
    'standard-operating-procedures',
    'Work instructions with checklists | Process steps audited for ISO 9001 | Swimlanes and responsibilities | Training cards for the shop floor',
    'Only Marta knows how the machine is started | When she is ill we stand still | Each shift does it in its own manner | The certifier comes in autumn | New people need three months until they are of use',
  ),
];

export const COMMON = {
  pitches: [
    'Fast, friendly and reliable.',
    'Ten years of experience with demanding clients.',
    'Tell me what you need and I get it done.',
    'Clear results, no surprises.',
    'Quality first; revisions included.',
    'Small jobs welcome.',
  ],
  deals: [
    'Please tell me what you would do first.',
    'We can pay a fair price.',
    'A first version this week would help.',
    'I am happy to answer questions.',
    'It need not be perfect.',
    'We tried it ourselves and failed.',
    'Somebody recommended this place to us.',
  ],
  names: ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Gum', 'Hazel', 'Ivy', 'Juniper', 'Larch', 'Maple'],
} as const;
