import { remembered } from './memo.js';
import { foldedWords } from './text.js';

/** Which language a text is in, by its script and its commonest small words. Good from about ten words on;
 * of fewer it mostly says nothing. */

/** Small words by language. A language that shares its script with no other here needs none. */
const SMALL_WORDS: Record<string, string> = {
  en: 'the of and to in is that it was for on are with as his they be at this have from or had by but not what all were we when your can there an which their if will each how',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder',
  fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux cette ont mais comme nous vous votre être fait elle ou où ces',
  es: 'de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde',
  pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até',
  it: 'di e il la che in a per è un del non una le con si i da come dei al sono alla gli della nel ha più ma anche o se lo su questo delle dal ad suo ci loro essere quando nella',
  nl: 'de van een het en in is dat op te zijn met voor niet die aan er om ook als dan bij maar nog uit naar door over ze wordt heeft hij wel geen je deze worden',
  sv: 'och i att det som en på är av för med till den har de inte om ett men var jag sig från vi så kan när efter hon nu han ut eller nya ska också',
  da: 'og i at det er en til af på som med for ikke de der den har et var om men fra vi sig han kan så hun eller blev efter også være noget meget hvad nu mig dig går gør bliver op må',
  no: 'og i det er på som en til av for at med ikke de den har et om var men fra vi seg han kan så hun eller ble etter også være fordi noe mye hva nå meg deg går gjør blir opp må denne',
  fi: 'ja on ei että se hän oli mutta kun niin ovat ole myös sen joka kuin tai vain jos nyt mitä sitä hänen voi ne olla mukaan tämä jo kanssa',
  pl: 'i w na z do nie się że to jest o jak a po od za przez dla są co tym ale tak czy był być może oraz które tego jego już który jako',
  cs: 'a v se na je že s z do to i o jako za by ale po pro jsem ve tak si byl od co být jeho které který při nebo také až bylo jsou',
  ro: 'de și în a la cu pe care nu o din să este un pentru se mai că sunt ce au prin dar fi sau lui cel ca după fost',
  hu: 'a az és hogy nem is egy van ez meg azt csak mint de volt már el még ha ki kell be vagy lesz amely minden',
  tr: 've bir bu da de için ile çok olarak daha en gibi kadar ne olan var ama sonra ya her değil ise oldu mi o ki',
  vi: 'và của là có trong được cho các với một không những này người khi đã để như từ cũng đến về ra sẽ theo tại hay',
  id: 'yang dan di dengan untuk tidak ini dari dalam akan pada juga ke karena saya ada kita adalah bisa atau mereka itu sudah oleh',
  sw: 'ya na wa kwa ni katika za la kuwa hii hiyo yake kama lakini pia watu hivyo sana bila kila huo ambayo ili cha vya',
  sk: 'a v na je sa že s z do to i o ako za by ale po pre som vo tak si bol od čo byť ktoré ktorý pri alebo aj bolo sú nie jeho pod',
  hr: 'i u na je se da za su od s o kao koji što ne bi ali iz po ili će biti samo te to koje koja nije još može kako ima',
  sl: 'in v na je se da za so od s z o kot ki ne bi ali iz po pri bo biti tudi pa to ni še lahko ima kako ker bolj',
  et: 'ja on ei et see oli ka kui mis aga siis oma nii veel kes ta mida või ning selle seda ainult peab pärast välja mitte olla kuid',
  lv: 'un ir ar no uz par kas ka bet tas arī lai pie ne vai var tika ko kā pēc viņš savu jau tikai gan nav šo būt',
  lt: 'ir yra su iš į kad kaip bet tai apie jo už nuo ne ar po buvo taip gali prie kuris labai dar jau tik savo šis būti',
  ca: 'de la el i que en a els les per amb un una no es del al més com però són ha dels aquest seva també quan molt pel està hi ser',
  tl: 'ang ng sa mga na at ay para hindi ito ni kung may siya kanyang ako mo ko rin lang nang isang wala tayo',
  sr: 'и у на је се да за су од с о као који што не би али из по или ће бити само те то које која није још може како има',
  be: 'і ў не на я што ён з як гэта па але да з у за ад так аб ж усе для вы бы мы яна яны яго або быў калі ёсць гэты',
  ru: 'и в не на я что он с как это по но к из у за от так о же все для вы бы мы она они его или был если только есть',
  uk: 'і в не на я що він з як це по але до із у за від так о ж все для ви би ми вона вони його або був якщо є та й',
  bg: 'и в не на аз че той с как това по но към из у за от така о все се да са ще като или беше ако е има при ми',
  ar: 'في من على أن إلى هذا التي الذي عن مع ما لا كان هو هذه أو ذلك كل بعد قد بين كما لم وقد هي ثم',
  fa: 'و در به از که این را با است برای آن یک می خود تا کرد بر هم نیز شد اما ها های باید یا شود بود او',
  ur: 'کے کی میں ہے اور سے کا کو نے کہ یہ پر اس ہیں بھی ایک ہو وہ تھا کر لیے نہیں ان تو',
  hi: 'के में है की और से को का पर यह इस भी कि एक हैं नहीं ने तो हो कर लिए वह जो था या अपने',
  mr: 'आणि आहे या च्या ते हे तो ही आहेत नाही होते तर मी असे पण करून त्या की हा काही त्यांनी',
  ne: 'छ र को मा का हो पनि यो छन् भने लागि गर्न ले गरेको थियो तर यस लाई हुन्छ गरी तथा भएको',
};

// biome-ignore format: a table of words
const NAMES: Record<string, string> = {
  english: 'en', german: 'de', french: 'fr', spanish: 'es', portuguese: 'pt', italian: 'it', dutch: 'nl', swedish: 'sv', danish: 'da',
  norwegian: 'no', finnish: 'fi', polish: 'pl', czech: 'cs', romanian: 'ro', hungarian: 'hu', turkish: 'tr', vietnamese: 'vi',
  indonesian: 'id', swahili: 'sw', russian: 'ru', ukrainian: 'uk', bulgarian: 'bg', arabic: 'ar', persian: 'fa', farsi: 'fa', urdu: 'ur',
  hindi: 'hi', marathi: 'mr', nepali: 'ne', chinese: 'zh', japanese: 'ja', korean: 'ko', greek: 'el', hebrew: 'he', thai: 'th',
  slovak: 'sk', croatian: 'hr', slovenian: 'sl', slovene: 'sl', estonian: 'et', latvian: 'lv', lithuanian: 'lt', catalan: 'ca',
  tagalog: 'tl', filipino: 'tl', serbian: 'sr', belarusian: 'be', bengali: 'bn', tamil: 'ta', telugu: 'te', kannada: 'kn', gujarati: 'gu', punjabi: 'pa', malayalam: 'ml', georgian: 'ka', armenian: 'hy',
};

/** Letters beyond a to z that a language writes. Others in a text speak against it. */
const LETTERS: Record<string, string> = {
  de: 'äöüß',
  fr: 'àâæçéèêëîïôœùûüÿ',
  es: 'áéíóúüñ',
  pt: 'áâãàçéêíóôõú',
  it: 'àèéìòùî',
  nl: 'éëïöüè',
  sv: 'åäöé',
  da: 'åæøé',
  no: 'åæøéòô',
  fi: 'äöå',
  et: 'äöõüšž',
  pl: 'ąćęłńóśźż',
  cs: 'áčďéěíňóřšťúůýž',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  hr: 'čćđšž',
  sl: 'čšž',
  ro: 'ăâîșțşţ',
  hu: 'áéíóöőúüű',
  tr: 'çğıöşüâîi̇',
  vi: 'àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
  ca: 'àçéèíïóòúü',
  lv: 'āčēģīķļņšūž',
  lt: 'ąčęėįšųūž',
  ru: 'абвгдежзийклмнопрстуфхцчшщъыьэюяё',
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюя',
  sr: 'абвгдђежзијклљмнњопрстћуфхцчџш',
  be: 'абвгдеёжзійклмнопрстуўфхцчшыьэюя',
  ar: 'ابتثجحخدذرزسشصضطظعغفقلمنوهكيةىأإؤئءآ',
  fa: 'ابتثجحخدذرزسشصضطظعغفقلمنوهپچژگکیآئأؤء',
  ur: 'ابتثجحخدذرزسشصضطظعغفقلمنوپچژگکیآئأؤءٹڈڑںھہےۓۂ',
};
const ALPHABETS = new Map(Object.entries(LETTERS).map(([code, letters]) => [code, new Set(letters)]));

/** Scripts by their first and last code point, and the languages that are told apart in them. Everything else is Latin. */
const SCRIPTS: readonly (readonly [first: number, last: number, name: string])[] = [
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'cyrillic'],
  [0x531, 0x58f, 'hy'],
  [0x5d0, 0x5f4, 'he'],
  [0x620, 0x6ff, 'arabic'],
  [0x750, 0x77f, 'arabic'],
  [0x900, 0x97f, 'devanagari'],
  [0x980, 0x9ff, 'bn'],
  [0xa00, 0xa7f, 'pa'],
  [0xa80, 0xaff, 'gu'],
  [0xb80, 0xbff, 'ta'],
  [0xc00, 0xc7f, 'te'],
  [0xc80, 0xcff, 'kn'],
  [0xd00, 0xd7f, 'ml'],
  [0xe00, 0xe7f, 'th'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1100, 0x11ff, 'ko'],
  [0x1f00, 0x1fff, 'el'],
  [0x3040, 0x30ff, 'kana'],
  [0x3130, 0x318f, 'ko'],
  [0x3400, 0x9fff, 'han'],
  [0xac00, 0xd7af, 'ko'],
  [0xfb50, 0xfdff, 'arabic'],
  [0xfe70, 0xfeff, 'arabic'],
];
const SHARED: Record<string, readonly string[]> = {
  cyrillic: ['ru', 'uk', 'bg', 'sr', 'be'],
  arabic: ['ar', 'fa', 'ur'],
  devanagari: ['hi', 'mr', 'ne'],
};
/** A character of these is a syllable or a word. */
const DENSE = new Set(['kana', 'han', 'ko']);
const DENSITY = 2.5;

const PROFILES = new Map(Object.entries(SMALL_WORDS).map(([code, list]) => [code, new Set(list.split(' '))]));
/** Each language's place in a list of counts. */
const PLACES = new Map([...PROFILES.keys()].map((code, at) => [code, at]));
/** Which languages have a small word: a text is gone through once and not once for each language. */
const SPEAKERS = new Map<string, number[]>();
for (const [at, list] of [...PROFILES.values()].entries())
  for (const word of list) SPEAKERS.set(word, [...(SPEAKERS.get(word) ?? []), at]);
const LATIN = [...PROFILES.keys()].filter((code) => !Object.values(SHARED).flat().includes(code));
const SCRIPT_SHARE = 0.3;
const FEWEST_WORDS = 4;
const FEWEST_HITS = 2;
const SAMPLE_CHARS = 8_000;

/** The ISO 639-1 code of a language given by code or English name; undefined for one that can't be told here. */
export function languageCode(name: string): string | undefined {
  const folded = name.trim().toLowerCase();
  const code = NAMES[folded] ?? folded.split(/[-_]/)[0] ?? '';
  return LANGUAGES.has(code) ? code : undefined;
}

const LANGUAGES: ReadonlySet<string> = new Set([...Object.values(NAMES), ...PROFILES.keys()]);

export interface Detected {
  readonly language: string;
  /** How far it stands from the runner-up, 0 to 1. */
  readonly confidence: number;
}

const detected = remembered(
  (text: string): Detected | undefined => {
    const { script, size, candidates } = scriptOf(text);
    if (candidates.length === 0) return size >= 4 ? { language: script, confidence: 0.98 } : undefined;
    const { ranked, words, hits } = byWords(text, candidates);
    const [first, second] = ranked;
    if (!first || words < FEWEST_WORDS || hits < FEWEST_HITS || first.score < 0.08) return undefined;
    const lead = first.score - Math.max(0, second?.score ?? 0);
    // A lead of one word in five is chance.
    const certainty = Math.min(1, (lead * words) / 3);
    return { language: first.language, confidence: Math.min(0.98, 0.5 + lead * 2 * certainty) };
  },
  { size: 64, mostChars: SAMPLE_CHARS },
);

/** The language of a text, or undefined where there is too little of it to tell. */
export function detectLanguage(text: string): Detected | undefined {
  return detected(text.slice(0, SAMPLE_CHARS));
}

/** The likeliest language, however little there is to tell it by; undefined for a text without a letter. */
export function likelyLanguage(text: string): string | undefined {
  const { script, size, candidates } = scriptOf(text);
  if (size === 0) return undefined;
  return candidates.length === 0 ? script : byWords(text, candidates).ranked[0]?.language;
}

interface Script {
  /** A language's code where the script says it all. */
  readonly script: string;
  /** How many letters the text has; characters that are syllables count for more. */
  readonly size: number;
  readonly candidates: readonly string[];
}

function scriptOf(text: string): Script {
  const sizes = new Map<string, number>();
  let latin = 0;
  let size = 0;
  for (let at = 0; at < Math.min(text.length, SAMPLE_CHARS); at++) {
    const code = text.charCodeAt(at);
    if (code < 0x370) {
      if (isLatin(code)) latin++;
    } else {
      const name = SCRIPTS.find(([first, last]) => code >= first && code <= last)?.[2];
      if (name === undefined) latin += code >= 0x1e00 && code <= 0x1eff ? 1 : 0;
      else sizes.set(name, (sizes.get(name) ?? 0) + (DENSE.has(name) ? DENSITY : 1));
    }
  }
  for (const each of sizes.values()) size += each;
  const kana = sizes.get('kana') ?? 0;
  const han = sizes.get('han') ?? 0;
  // Japanese writes both.
  sizes.set(kana > han / 20 ? 'ja' : 'zh', kana + han);
  sizes.delete('kana');
  sizes.delete('han');
  const [largest] = [...sizes].sort((a, b) => b[1] - a[1]);
  if (!largest || largest[1] < (size + latin) * SCRIPT_SHARE || largest[1] === 0)
    return { script: 'latin', size: size + latin, candidates: LATIN };
  return { script: largest[0], size: size + latin, candidates: SHARED[largest[0]] ?? [] };
}

function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code !== 0xd7 && code !== 0xf7);
}

interface Ranking {
  readonly ranked: readonly { readonly language: string; readonly score: number }[];
  readonly words: number;
  /** How many small words and letters of its own speak for the first. */
  readonly hits: number;
}

/** Small words speak for a language, letters that it does not write against it; both per word. */
function byWords(text: string, candidates: readonly string[]): Ranking {
  const list = foldedWords(text.slice(0, SAMPLE_CHARS));
  const counts = new Array<number>(PLACES.size).fill(0);
  for (const word of list) for (const place of SPEAKERS.get(word) ?? []) counts[place] = (counts[place] ?? 0) + 1;
  const letters = list.join('').match(/[\u0080-\u06ff\u1ea0-\u1eff]/g) ?? [];
  const byLetter = Map.groupBy(letters, (letter) => letter);
  const ranked = candidates
    .map((language) => {
      const alphabet = ALPHABETS.get(language);
      let own = 0;
      for (const [letter, { length }] of byLetter) if (alphabet?.has(letter)) own += length;
      const small = counts[PLACES.get(language) ?? -1] ?? 0;
      const hits = small + Math.min(own, 3);
      const perWord = (count: number) => count / Math.max(1, list.length);
      const marks = candidates === LATIN ? Math.min(0.15, perWord(own) / 4) : 0;
      return {
        language,
        hits,
        score: perWord(small) + marks - Math.min(0.4, perWord(letters.length - own) / 2),
      };
    })
    .sort((a, b) => b.score - a.score);
  return { ranked, words: list.length, hits: ranked[0]?.hits ?? 0 };
}

/** Whether a word is one of the small words of a language: it says nothing of what a text is about. */
export function isSmallWord(word: string, language = 'en'): boolean {
  return PROFILES.get(language)?.has(word) ?? false;
}
