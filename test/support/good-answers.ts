/** Honest answers to benchmark tasks, by the slug of their type: what no gate may stop. */
export const GOOD: Record<string, string> = {
  summary: `The bearings on the two middle piers of the Harbour Bridge are worn out; six of eight no longer move, so the deck pushes against the piers and the eastern one is cracking. It is safe today, but not for lorries above 16 tonnes after the summer of 2027. There are three options: a weight limit for 0.3 million, which cuts off the fish factory; new bearings and a mended pier for 6.4 million; a new bridge for 48 million. The engineers recommend the second, since it removes the cause and keeps the bridge in use until 2060. Vehicles are kept off for eleven weeks, April to June 2027, while the old ferry carries 3,000 a day. The county pays half if the council decides by November.`,

  'product-description': `You want one more chapter. The person beside you wants to sleep. Nordlys gives both of you the night: its narrow warm beam lights the page and nothing else.

Perhaps you have owned a clip lamp that slid off the headboard or began to flicker in winter. The clamp of Nordlys is made of metal and holds on headboards and shelves, and the light stays steady down to the last minute of the battery.

- Arm of oiled oak, head of aluminium
- Warm light of 2700 K in three steps
- 22 hours on one charge, charged by USB-C
- 310 g, so it travels as well
- Guarantee: 18 months
- 64 euros

Search text: Nordlys reading lamp for bed: oak and aluminium, a narrow warm beam, 22 hours on one charge. 64 euros.`,

  proofreading: `## Corrected text

Dear tenants of Lifthaus,

From Monday, 9 March, the lift will be out of order for three weeks. The old motor has reached its end, and spare parts are no longer available. The firm Kwik-Fixx will replace the motor, the doors and the control panel.

During this time the stairs are the only way up. If you or a member of your family cannot climb stairs, please ring the office by 2 March. We have two rooms on the ground floor which you can use for free; there are fresh sheets and a small kitchen.

Deliveries will be brought up by two helpers between nine and twelve. We know that this is a nuisance and apologise for it.

Your house management

## Changes

| Before | After | Why |
|---|---|---|
| out off order | out of order | wrong word |
| it's end | its end | possessive without apostrophe |
| availible | available | spelling |
| control panell | control panel | spelling |
| the stairs is | the stairs are | plural verb |
| untill 2 March | by 2 March | spelling, and a deadline |
| too rooms | two rooms | number mixed up |
| their are | there are | words mixed up |
| by to helpers | by two helpers | number mixed up |
| We no | We know | words mixed up |
| apologize | apologise | British spelling |`,

  'svg-logo': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" role="img" aria-label="Spoke and Stone">
  <title>Spoke and Stone</title>
  <circle cx="120" cy="90" r="70" fill="none" stroke="#1b4332" stroke-width="10"/>
  <path d="M54 112 Q88 60 120 96 T186 104 A70 70 0 0 1 54 112 Z" fill="#1b4332"/>
  <path d="M120 90 L120 26 M120 90 L176 60 M120 90 L64 60" stroke="#f77f00" stroke-width="5"/>
  <circle cx="120" cy="90" r="9" fill="#f77f00"/>
  <text x="120" y="206" font-family="sans-serif" font-size="26" text-anchor="middle" fill="#1b4332">Spoke and Stone</text>
</svg>`,

  'csv-cleaning': `id,name,email,joined,status
3,Ines Prado,ines.prado@post.example,2016-04-03,active
4,Piotr Nowak,piotr.nowak@post.example,2016-11-30,left
5,Leo Martin,leo.martin@post.example,2017-01-17,left
7,Jonas Weber,jonas.weber@post.example,2018-05-14,active
11,Greta Holm,greta.holm@post.example,2019-02-28,paused
12,Mei Tanaka,mei@tanaka.example,2019-09-21,active
15,Otto Lind,otto@lind.example,2021-12-01,active
22,Aino Salo,aino.salo@post.example,2023-06-30,active
24,Noor Bakker,noor.bakker@post.example,2024-03-09,active
`,

  'json-extraction': `{
  "note_number": "DN-204418",
  "delivered_on": "2026-02-17",
  "customer": "Kestrel Boatyard",
  "city": "Falmouth",
  "weight_kg": 38.4,
  "signed": true,
  "items": [
    { "article": "A-1009", "text": "Bronze screw 6 x 60, box of 100", "pieces": 4, "price": 31.5 },
    { "article": "A-2210", "text": "Marine plywood 12 mm", "pieces": 2, "price": 88 },
    { "article": "B-0034", "text": "Sealing compound, cartridge", "pieces": 12, "price": 9.95 },
    { "article": "C-7781", "text": "Sanding discs, mixed grain", "pieces": 6, "price": 14.2 }
  ]
}`,

  'regex-from-examples': '[A-Z]{2}-[0-9]{8}-[0-9X]',

  'sql-from-examples': `SELECT city, COUNT(*) AS orders_count, SUM(amount) AS total
FROM orders
WHERE status = 'paid'
GROUP BY city
ORDER BY total DESC;`,

  'javascript-function': `const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 };
const PART = /^(\\d+(?:\\.\\d+)?)\\s*([dhms])\\s*/;

/**
 * Seconds of a short text such as "1h 5m". Units are d, h, m and s, each at most once and the larger one first;
 * a bare number is seconds.
 *
 * @throws {TypeError} for anything but a string
 * @throws {RangeError} for text that breaks these rules
 */
export function parseDuration(text) {
  if (typeof text !== 'string') throw new TypeError('A duration must be a string.');
  const trimmed = text.trim();
  if (/^\\d+(\\.\\d+)?$/.test(trimmed)) return Number(trimmed);
  let rest = trimmed;
  let last = Infinity;
  let total = 0;
  while (rest !== '') {
    const match = PART.exec(rest);
    const size = match ? SECONDS[match[2]] : undefined;
    if (!match || size >= last) throw new RangeError(\`Not a duration: "\${text}"\`);
    total += Number(match[1]) * size;
    last = size;
    rest = rest.slice(match[0].length);
  }
  if (trimmed === '') throw new RangeError(\`Not a duration: "\${text}"\`);
  return total;
}
`,

  slogan: `1. **Four hours. One very good book.** It names the reading room and turns the time into a gift.
2. **The piano is in tune. So are you.** The piano is what no other ferry has.
3. **Soup, 4 euros. Silence, free.** Says the price of one thing and the worth of another.
4. **Bring the dog. Leave the hurry.** Speaks to the owners who must leave theirs at home on the fast line.
5. **Twice as long. Half the noise.** Takes the rival's strength and makes it the weakness.
6. **Nordwind: the sea at reading speed.** Gives the slowness a measure that people like.
7. **No screens. Look, an island.** The view is the film.
8. **You will want the return ticket.** Rests on the guests who come again.`,

  'customer-reply': `Dear Ms Verhoeven,

A birthday with a photo instead of a train set: I am sorry. You paid for Saturday, and we did not keep our part. We packed your parcel a day late, and the carrier lost another.

Here is what we are doing about it. The bridge leaves today by express and will be with you on Thursday. We are paying back the 14 euros for the fast delivery; it can take up to five days until you see them. In the parcel there is also a small signal man for your son, who has waited long enough for his railway.

You wrote that you do not know what you want us to do. If something occurs to you, write to me, and I will read it myself.

Kind regards
Bram from Holzwurm`,

  'text-translation': `# Ihr Handtuchwärmer Aurora

Bevor Sie beginnen: Die Wand muss trocken sein, und die Steckdose muss mindestens 60 cm von der Badewanne entfernt sein. Aurora läuft nur mit 230 V.

## Montage

1. Halten Sie die Stange an die Wand und zeichnen Sie die vier Löcher an.
2. Bohren Sie, drücken Sie die Dübel hinein und ziehen Sie die Schrauben von Hand fest.
3. Hängen Sie die Stange ein und ziehen Sie einmal daran. Sie darf sich nicht bewegen.

## Gebrauch

Drücken Sie den Knopf einmal für warm und zweimal für heiß. Nach einer Viertelstunde erreicht die Stange 45 °C; nach vier Stunden schaltet sie sich selbst aus. Decken Sie sie nie mit nassen Mänteln zu und lassen Sie kleine Kinder nicht daran hängen. Wenn das Kabel beschädigt ist, benutzen Sie den Handtuchwärmer nicht mehr und schreiben Sie uns. Die Gewährleistung gilt drei Jahre.`,

  faq: `## When do I board, and when do I arrive?
You can board from 20:10. The train leaves Malmö at 20:45 and is in Prague at 9:20.

## What does it cost?
A seat starts at 29 euros, a bed at 69.

## Can I change my ticket?
Yes, until the day before, for 10 euros. Until two weeks before you can also give it back.

## May my dog come along?
Small dogs travel free in a basket. Large dogs need a compartment of your own, for 35 euros.

## Is there room for bicycles?
For eight of them, at 12 euros each. Book early.

## Do I get breakfast?
With a bed, yes. With a seat, bring your own.

## Is there Wi-Fi?
There is, but in Germany it is weak. Sockets are at every place.

## What do children pay?
Under six they share your bed for nothing.

## Can I take a shower?
Only in the deluxe car.

## I am a woman and travel alone. What can I do?
Ask for a compartment among women: crew@nocturne.example answers this and everything else.`,

  'blog-post': `# Composting in a flat: small, calm and mostly without a smell

You have a kitchen, a bin that fills too fast, and perhaps a balcony the size of a towel. That is enough. Nobody will ask you to keep a heap.

## Two ways that fit under a sink

A **bokashi bucket** is a closed pail with a tap. You press your scraps into it, strew a spoon of bran with microbes over them and shut the lid. Two pails cost about 60 euros, the bran 5 euros a month, and the work is one minute a day. After two weeks the contents are pickled rather than rotted.

A **worm bin** is a stack of trays in which red wigglers eat what you give them. It costs between 80 and 150 euros, the worms included, and ten minutes a week. In return you get dark crumbs that look like earth from a shop.

## What goes in, and what stays out

Peelings, coffee grounds, tea leaves and egg shells suit both. Bokashi also takes cooked rice, cheese and a little meat, which worms refuse. Keep citrus and onions away from the worms, and keep oil, bones and anything with a sticker out of either.

## About the smell

It can happen. A pail that smells of vinegar is healthy; one that smells of sewage has got too wet or too much air. Drain the tap every other day, add bran, and press the scraps down with a plate. A bin that smells has been fed too much: stop for a week, and mix in torn cardboard until the trays feel like a wrung sponge.

## And when you have no garden?

Fill a tub on the balcony: one part pickled scraps, two parts old potting soil, a month of patience, and you have soil for tomatoes. Worm crumbs go on house plants, a handful each spring. What you can't use the community garden nearby will take with thanks, and so will the neighbour with the roses.

## This weekend

Put an old yoghurt pot beside the cutting board and collect your coffee grounds until Sunday evening. If the pot is full, you know that a bucket is worth its money.`,
};

/** Work whose source stands in the brief itself: corrected, shortened, taken apart. */
export const EMBEDDED = {
  minutes: {
    title: 'Minutes of the garden club',
    description: `Write the minutes of this meeting from my notes, with the decisions and who does what by when.

Notes: Present were Ida, Karl and Rosa. We need new hoses for the east beds before June. Karl will ask two shops for a price by Friday. The compost must be moved away from the fence because the neighbours complained. Rosa said that she can do it next Saturday with her brother. We want to open the gate on Sundays from May on. All agreed. The next meeting should be on 4 May at seven in the tool shed. The cash box has 214 euros.`,
    answer: `# Minutes of the garden club

Present: Ida, Karl and Rosa. The cash box has 214 euros.

## Decisions

- The gate will open on Sundays from May on. All agreed.
- New hoses are needed for the east beds before June.
- The compost must be moved away from the fence, because the neighbours complained.

## Tasks

- Karl: ask two shops for a price of hoses, by Friday.
- Rosa: move the compost with her brother, next Saturday.

Next meeting: 4 May at seven in the tool shed.`,
  },
  'a summary of a message': {
    title: 'Two sentences on the delay',
    description: `Summarise the message below for our management in two or three sentences.

The supplier of the pumps writes that a fire in the paint shop stopped its line on Monday. It needs three weeks to repair it. Of our forty pumps twelve are ready and can be fetched at once. For the other ones it offers the older model at the same price. Our fitters would have to change the brackets for that, which takes a day for each building. The customer in Lund must have heat by 1 October.`,
    answer:
      'A fire in the paint shop stopped the line of our pump supplier on Monday, and it needs three weeks to repair it. Twelve of our forty pumps are ready and can be fetched at once; for the others it offers the older model at the same price, for which our fitters have to change the brackets, a day for each building. The customer in Lund must have heat by 1 October.',
  },
  proofread: {
    title: 'Correct a notice',
    description: `Please correct the spelling of this notice and send it back: From Monday the lift will be out off order for three weeks, since the old motor has reached it's end and spare parts are no longer availible. During this time the stairs is the only way up. If you can not climb stairs, ring the office untill Friday. We have too rooms on the ground floor which you may use for free, their are fresh sheets and a small kitchen. Deliveries are brought up by helpers between nine and twelve. We no that this is a nuisance and are sorry for it.`,
    answer: `From Monday the lift will be out of order for three weeks, since the old motor has reached its end and spare parts are no longer available. During this time the stairs are the only way up. If you cannot climb stairs, ring the office by Friday. We have two rooms on the ground floor which you may use for free; there are fresh sheets and a small kitchen. Deliveries are brought up by helpers between nine and twelve. We know that this is a nuisance and are sorry for it.`,
  },
  extract: {
    title: 'Order mail as JSON',
    description: `Turn this mail into one JSON object with the keys customer, city, items and total. "Hello, this is Ruth Okafor from Falmouth. Please send me two bronze cleats at 14 euros each and one tin of varnish at 22 euros, so 50 euros in all. The address is the same as last time."`,
    answer: `{"customer": "Ruth Okafor", "city": "Falmouth", "items": [{"name": "bronze cleat", "count": 2, "price": 14}, {"name": "tin of varnish", "count": 1, "price": 22}], "total": 50}`,
  },
  summarise: {
    title: 'Summarise a report in two sentences',
    description: `Summarise the following text in two sentences. The harbour office examined the pier in March after divers had found cracks. Six of the eight bearings no longer move, so the deck pushes against the stone on warm days. The pier is safe for now, but not for heavy lorries after next summer. New bearings cost 6.4 million and would keep the pier in use for forty years. A new pier would cost 48 million and take five years. The office advises to replace the bearings and to close the pier for eleven weeks in spring. People on foot could cross at all times by a temporary walkway, and cars would take the old ferry.`,
    answer: `Six of the eight bearings of the pier no longer move, so that it won't be safe for heavy lorries after next summer. The office advises to replace the bearings for 6.4 million, with a closure of eleven weeks in spring, rather than to build a new pier for 48 million.`,
  },
};
