import { describe, expect, test } from 'vitest';
import { processorMs } from '../../test/support/processor.js';
import { detectLanguage, languageCode, likelyLanguage } from './languages.js';

const SENTENCES: readonly (readonly [string, string])[] = [
  ['en', 'The train does not run today because there is snow on the tracks.'],
  ['en', 'Water the plants twice a week and keep them out of the wind.'],
  ['en', 'THE OFFICE IS CLOSED ON MONDAY AND WE WILL CALL YOU BACK.'],
  ['de', 'Der Zug fährt heute nicht, weil Schnee auf den Gleisen liegt.'],
  ['de', 'Bitte antworten Sie uns bis Freitag, damit wir den Termin halten können.'],
  ['fr', 'Le train ne circule pas aujourd’hui, car il y a de la neige sur les voies.'],
  ['fr', 'Nous vous remercions de votre commande, qui sera livrée avant la fin du mois.'],
  ['es', 'El tren no circula hoy porque hay nieve en las vías y está cerrado.'],
  ['es', 'Por favor, riegue las plantas dos veces por semana y no las deje al sol.'],
  ['pt', 'O trem não circula hoje porque há neve nos trilhos e a linha está fechada.'],
  ['pt', 'Regue as plantas duas vezes por semana e não as deixe ao sol.'],
  ['it', 'Il treno oggi non circola perché c’è neve sui binari e la linea è chiusa.'],
  ['it', 'Le piante vanno bagnate due volte alla settimana e non lasciate al sole.'],
  ['nl', 'De trein rijdt vandaag niet omdat er sneeuw op het spoor ligt.'],
  ['sv', 'Tåget går inte i dag eftersom det ligger snö på spåret och linjen är stängd.'],
  ['da', 'Toget kører ikke i dag, fordi der ligger sne på sporet, og linjen er lukket.'],
  ['no', 'Toget går ikke i dag fordi det ligger snø på sporet, og vi må vente til i morgen.'],
  ['fi', 'Juna ei kulje tänään, koska radalla on lunta ja se on suljettu.'],
  ['et', 'Rong täna ei sõida, sest rööbastel on lumi ja see on suletud.'],
  ['pl', 'Pociąg dziś nie jedzie, ponieważ na torach leży śnieg i linia jest zamknięta.'],
  ['cs', 'Vlak dnes nejede, protože na kolejích leží sníh a trať je zavřená, ale zítra už bude.'],
  ['sk', 'Vlak dnes nejde, pretože na koľajniciach leží sneh a trať je zatvorená, ale zajtra už pôjde.'],
  ['hr', 'Vlak danas ne vozi jer je na tračnicama snijeg, ali sutra će voziti kao i uvijek.'],
  ['sl', 'Vlak danes ne vozi, ker je na tirih sneg in je proga zaprta, a jutri bo spet vozil.'],
  ['ro', 'Trenul nu circulă astăzi pentru că este zăpadă pe șine și linia este închisă.'],
  ['hu', 'A vonat ma nem közlekedik, mert hó van a síneken, és a vonalat lezárták.'],
  ['tr', 'Tren bugün çalışmıyor çünkü raylarda kar var ve hat kapalı, ama yarın çok daha iyi olacak.'],
  ['lt', 'Traukinys šiandien nevažiuoja, nes ant bėgių yra sniego ir linija uždaryta.'],
  ['lv', 'Vilciens šodien nekursē, jo uz sliedēm ir sniegs un līnija ir slēgta.'],
  ['ca', 'El tren no circula avui perquè hi ha neu a les vies i la línia és tancada.'],
  ['vi', 'Hôm nay tàu không chạy vì có tuyết trên đường ray và tuyến đã đóng.'],
  ['id', 'Kereta tidak berjalan hari ini karena ada salju di rel dan jalur itu ditutup.'],
  ['sw', 'Treni haiendi leo kwa sababu kuna theluji kwenye reli na njia imefungwa na hii ni kawaida.'],
  ['tl', 'Hindi tatakbo ang tren ngayon dahil may niyebe sa mga riles at sarado ang linya.'],
  ['ru', 'Поезд сегодня не идёт, потому что на путях лежит снег.'],
  ['uk', 'Потяг сьогодні не йде, тому що на коліях лежить сніг і лінію закрито.'],
  ['bg', 'Влакът днес не се движи, защото на релсите има сняг и линията е затворена.'],
  ['sr', 'Воз данас не вози јер је на шинама снег и пруга је затворена.'],
  ['be', 'Цягнік сёння не ідзе, бо на рэйках ляжыць снег і лінія зачынена.'],
  ['el', 'Το τρένο δεν κινείται σήμερα επειδή υπάρχει χιόνι.'],
  ['he', 'הרכבת לא נוסעת היום כי יש שלג על הפסים.'],
  ['ar', 'القطار لا يعمل اليوم لأن الثلج على القضبان وهذا هو السبب في التأخير.'],
  ['fa', 'قطار امروز حرکت نمی‌کند چون برف روی ریل است و این خط بسته شده است.'],
  ['ur', 'ٹرین آج نہیں چل رہی کیونکہ پٹریوں پر برف ہے اور یہ لائن بند ہے۔'],
  ['hi', 'आज ट्रेन नहीं चल रही है क्योंकि पटरियों पर बर्फ है और यह लाइन बंद है।'],
  ['mr', 'आज गाडी धावत नाही कारण रुळांवर बर्फ आहे आणि हा मार्ग बंद आहे.'],
  ['ne', 'आज रेल चलेको छैन किनभने पटरीमा हिउँ छ र यो लाइन बन्द भएको छ।'],
  ['bn', 'আজ ট্রেন চলছে না কারণ লাইনে বরফ আছে।'],
  ['ta', 'இன்று ரயில் ஓடவில்லை.'],
  ['te', 'ఈ రోజు రైలు నడవడం లేదు.'],
  ['kn', 'ಇಂದು ರೈಲು ಓಡುತ್ತಿಲ್ಲ.'],
  ['gu', 'આજે ટ્રેન ચાલતી નથી.'],
  ['pa', 'ਅੱਜ ਰੇਲਗੱਡੀ ਨਹੀਂ ਚੱਲ ਰਹੀ।'],
  ['ml', 'ഇന്ന് ട്രെയിൻ ഓടുന്നില്ല.'],
  ['th', 'วันนี้รถไฟไม่วิ่งเพราะมีหิมะบนราง'],
  ['ko', '오늘은 선로에 눈이 있어서 기차가 운행하지 않습니다.'],
  ['ja', '今日は線路に雪があるので、電車は走りません。'],
  ['zh', '今天铁轨上有雪，所以火车不开。'],
  ['ka', 'დღეს მატარებელი არ მოძრაობს.'],
  ['hy', 'Այսօր գնացքը չի աշխատում։'],
];

describe('the language of a text', () => {
  test.each(SENTENCES)('%s: %s', (language, text) => {
    expect(detectLanguage(text)?.language).toBe(language);
    expect(likelyLanguage(text)).toBe(language);
  });

  test.each([
    '',
    '12345',
    'ok',
    'Tomato Inc.',
    'const a = 1;',
    'Bakeoff Pro 3000 XL',
    'Paris, Berlin, Madrid, Roma',
    'a@b.example',
    'π',
    '雪',
    'Café Müller',
  ])('is not told from %j', (text) => {
    expect(detectLanguage(text)).toBeUndefined();
  });

  test('the likeliest one is named however little there is, and none of a text without a letter', () => {
    expect(likelyLanguage('123 !?')).toBeUndefined();
    expect(likelyLanguage('Nicht heute')).toBe('de');
    expect(likelyLanguage('雪')).toBe('zh');
  });

  test('terms of another script do not change it', () => {
    expect(detectLanguage('この API は JSON を返します。詳細は README を見てください。')?.language).toBe('ja');
    expect(
      detectLanguage('The Japanese word 雪 means snow, and it is one of the first that you learn.')?.language,
    ).toBe('en');
  });

  test('is known by code, by code with region and by English name', () => {
    expect(['de', 'de-AT', 'German', ' slovenian '].map(languageCode)).toEqual(['de', 'de', 'de', 'sl']);
    expect(languageCode('Klingon')).toBeUndefined();
  });

  test('takes no time to tell of a long text', async () => {
    const work = () => {
      for (const part of ['ъ', 'a ', '雪', 'é'.repeat(10), 'the ']) detectLanguage(part.repeat(200_000));
    };
    expect(await processorMs(work)).toBeLessThan(1_000);
  });
});
