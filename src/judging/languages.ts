import { foldedWords } from './text.js';

/** Which language a text is in, by its script and its commonest small words. Good from about ten words on. */

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
  da: 'og i at det er en til af på som med for ikke de der den har et var om men fra vi sig han kan så hun eller blev efter også være',
  no: 'og i det er på som en til av for at med ikke de den har et om var men fra vi seg han kan så hun eller ble etter også være',
  fi: 'ja on ei että se hän oli mutta kun niin ovat ole myös sen joka kuin tai vain jos nyt mitä sitä hänen voi ne olla mukaan tämä jo kanssa',
  pl: 'i w na z do nie się że to jest o jak a po od za przez dla są co tym ale tak czy był być może oraz które tego jego już który jako',
  cs: 'a v se na je že s z do to i o jako za by ale po pro jsem ve tak si byl od co být jeho které který při nebo také až bylo jsou',
  ro: 'de și în a la cu pe care nu o din să este un pentru se mai că sunt ce au prin dar fi sau lui cel ca după fost',
  hu: 'a az és hogy nem is egy van ez meg azt csak mint de volt már el még ha ki kell be vagy lesz amely minden',
  tr: 've bir bu da de için ile çok olarak daha en gibi kadar ne olan var ama sonra ya her değil ise oldu mi o ki',
  vi: 'và của là có trong được cho các với một không những này người khi đã để như từ cũng đến về ra sẽ theo tại hay',
  id: 'yang dan di dengan untuk tidak ini dari dalam akan pada juga ke karena saya ada kita adalah bisa atau mereka itu sudah oleh',
  sw: 'ya na wa kwa ni katika za la kuwa hii hiyo yake kama lakini pia watu hivyo sana bila kila huo ambayo ili cha vya',
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
  bengali: 'bn', tamil: 'ta', telugu: 'te', kannada: 'kn', gujarati: 'gu', punjabi: 'pa', malayalam: 'ml', georgian: 'ka', armenian: 'hy',
};

/** Scripts in the order in which they decide: kana before Han, since Japanese writes both. */
const SCRIPTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, ['ja']],
  [/\p{Script=Hangul}/gu, ['ko']],
  [/\p{Script=Han}/gu, ['zh']],
  [/\p{Script=Greek}/gu, ['el']],
  [/\p{Script=Hebrew}/gu, ['he']],
  [/\p{Script=Thai}/gu, ['th']],
  [/\p{Script=Bengali}/gu, ['bn']],
  [/\p{Script=Tamil}/gu, ['ta']],
  [/\p{Script=Telugu}/gu, ['te']],
  [/\p{Script=Kannada}/gu, ['kn']],
  [/\p{Script=Gujarati}/gu, ['gu']],
  [/\p{Script=Gurmukhi}/gu, ['pa']],
  [/\p{Script=Malayalam}/gu, ['ml']],
  [/\p{Script=Georgian}/gu, ['ka']],
  [/\p{Script=Armenian}/gu, ['hy']],
  [/\p{Script=Arabic}/gu, ['ar', 'fa', 'ur']],
  [/\p{Script=Devanagari}/gu, ['hi', 'mr', 'ne']],
  [/\p{Script=Cyrillic}/gu, ['ru', 'uk', 'bg']],
];

const PROFILES = new Map(Object.entries(SMALL_WORDS).map(([code, list]) => [code, new Set(list.split(' '))]));
/** Which languages have a small word: a text is gone through once and not once for each language. */
const SPEAKERS = new Map<string, string[]>();
for (const [code, list] of PROFILES) for (const word of list) SPEAKERS.set(word, [...(SPEAKERS.get(word) ?? []), code]);
const LATIN = [...PROFILES.keys()].filter((code) => !SCRIPTS.some(([, codes]) => codes.includes(code)));
const SCRIPT_SHARE = 0.3;
const ENOUGH_WORDS = 5;
const SAMPLE_CHARS = 20_000;

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

/** The language of a text, or undefined where there is too little of it to tell. */
export function detectLanguage(text: string): Detected | undefined {
  const sample = text.slice(0, SAMPLE_CHARS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 10) return undefined;
  const isPlain = !/[\u0080-\uffff]/.test(sample);
  const script = isPlain
    ? undefined
    : SCRIPTS.find(([pattern]) => (sample.match(pattern)?.length ?? 0) / letters >= SCRIPT_SHARE);
  if (script?.[1].length === 1) return { language: script[1][0] ?? '', confidence: 0.98 };
  return byWords(foldedWords(sample), script?.[1] ?? LATIN);
}

function byWords(list: readonly string[], candidates: readonly string[]): Detected | undefined {
  if (list.length < ENOUGH_WORDS) return undefined;
  const counts = new Map<string, number>();
  for (const word of list) for (const code of SPEAKERS.get(word) ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
  const ranked = candidates
    .map((language) => ({ language, share: (counts.get(language) ?? 0) / list.length }))
    .sort((a, b) => b.share - a.share);
  const [first, second] = ranked;
  if (!first || first.share < 0.08) return undefined;
  return { language: first.language, confidence: Math.min(0.98, 0.5 + (first.share - (second?.share ?? 0)) * 2) };
}

/** Whether a word is one of the small words of a language: it says nothing of what a text is about. */
export function isSmallWord(word: string, language = 'en'): boolean {
  return PROFILES.get(language)?.has(word) ?? false;
}
