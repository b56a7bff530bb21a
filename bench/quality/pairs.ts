import { MORE_PAIRS } from './more-pairs.ts';
import type { GivenPair, Pair } from './pair.ts';

/**
 * Pairs of answers of which one is plainly better, written for this repository. `dressed`: the worse is longer and looks finer;
 * `subtle`: it also stays close to the prompt. `plain`: nobody dressed anything up. Rules were made looking at those with an odd number only; the even ones measure them.
 */
const PAIRS: readonly GivenPair[] = [
  [
    'dressed',
    'Give three tips for keeping houseplants alive during a long holiday.',
    'Water them well the day before you leave, move them out of direct sun, and stand the thirsty plants on a damp towel in the bath. Group the pots so the holiday air around them stays humid.',
    '## Choosing the Perfect Houseplant\n\nSelecting a new plant can be a **wonderful journey**! Here are three tips:\n\n1. **Consider your light.** South-facing windows suit succulents.\n2. **Think about size.** A fiddle-leaf fig can fill a corner beautifully.\n3. **Match your style.** Terracotta, ceramic or woven baskets each set a mood.',
  ],
  [
    'dressed',
    'Rewrite this sentence in the passive voice: The gardener pruned the roses before the frost.',
    'The roses were pruned by the gardener before the frost.',
    'Pruning roses is **an essential autumn task**. Gardeners usually remove dead wood, shape the bush and cut above an outward-facing bud. By doing this ahead of cold weather, plants are protected and flower more freely next year.',
  ],
  [
    'dressed',
    'Translate into Spanish: Where is the nearest railway station?',
    '¿Dónde está la estación de tren más cercana?',
    'The nearest railway station can usually be found with a map application. In Spain, **Renfe** runs most long-distance trains, and local staff are happy to help travellers who ask politely.',
  ],
  [
    'dressed',
    'Classify the sentiment of this review as positive, negative or neutral: "The kettle leaked on the first day and nobody answered my e-mails."',
    'Negative',
    'This is a really interesting review! Kettles are a vital part of many kitchens, and customers value reliable service. When evaluating sentiment, it is important to consider **tone**, **context** and **word choice**. Manufacturers could use such feedback to improve quality.',
  ],
  [
    'dressed',
    'What is 17 * 24?',
    '17 * 24 = 408',
    'Great question! To multiply 17 by 24, we break it into parts:\n\n**Step 1:** 17 × 20 = 340\n**Step 2:** 17 × 4 = 78\n**Step 3:** Add the parts together.\n\nTherefore the final answer is **418**. Multiplication like this is a fundamental skill!',
  ],
  [
    'dressed',
    "Summarize the passage in one sentence.\n\nThe town council of Marlow voted on Tuesday to close the high street to cars at weekends from May. Shopkeepers had asked for a trial after footfall rose during last summer's festival. Buses and deliveries before ten in the morning are exempt, and the council will review the scheme in October.",
    'Marlow council will close its high street to cars at weekends from May, with exemptions for buses and early deliveries, and review it in October.',
    '**Pedestrian zones** are areas of a city reserved for people on foot. They have become increasingly popular across Europe, where they reduce pollution, encourage exercise and support cafés. Famous examples include Strøget in Copenhagen and the centre of Ghent, which show how urban planning can transform communities.',
  ],
  [
    'dressed',
    'Write a haiku about a lighthouse.',
    'White tower at dusk\nsweeps its arm across the waves\nships breathe out again',
    'Lighthouses have guided sailors for centuries, standing tall and proud upon rugged cliffs. Their beams cut through fog and storm alike, offering hope to those at sea. In this beautiful tribute, we celebrate the timeless majesty of the lighthouse, a symbol of safety, constancy and human ingenuity.',
  ],
  [
    'dressed',
    'List five animals that hibernate.',
    'Hedgehog, dormouse, brown bear, bat, groundhog',
    '# Animals in Winter\n\nWinter is a challenging season! Here are some remarkable creatures:\n\n- **Arctic tern** – migrates from pole to pole\n- **Monarch butterfly** – flies to Mexico\n- **Reindeer** – grows a thicker coat',
  ],
  [
    'dressed',
    'Write two interview questions for a bakery assistant.',
    '1. How would you handle a queue of customers at seven in the morning when the oven timer goes off?\n2. Tell me about the last thing you baked: what went wrong and what did you change?',
    'A bakery assistant plays a vital role in any bakery. They **greet customers**, arrange displays, handle payments and keep the premises clean. Successful candidates are friendly, reliable and passionate about bread. A bakery assistant should also understand food hygiene and be comfortable with early mornings.',
  ],
  [
    'dressed',
    'Is a tomato a fruit in botany? Answer yes or no.',
    'Yes',
    'The tomato, *Solanum lycopersicum*, is one of the most beloved ingredients in kitchens around the world. Chefs treat it as a vegetable, and it appears in salads, sauces and soups. It was brought to Europe from South America in the sixteenth century and has a fascinating history.',
  ],
  [
    'dressed',
    'Write a Python function that returns the larger of two numbers.',
    'def larger(a, b):\n    return a if a > b else b',
    '# Comparing Numbers in Python\n\nPython is a **powerful and elegant** language. To find the larger of two numbers you can compare them with operators, or rely on the built-in tools that Python provides. Comparison operators return a boolean value, and conditionals let programmers control the flow. With practice, you will master these concepts!',
  ],
  [
    'dressed',
    'Correct the grammar: Him and me goes to the market yesterday.',
    'He and I went to the market yesterday.',
    'Going to the market is a delightful activity! Markets offer **fresh produce**, handmade crafts and a chance to meet neighbours. Many people enjoy visiting on weekends with friends or family, and yesterday was surely a lovely day for it.',
  ],
  [
    'dressed',
    'Paraphrase the question: "How can I reduce my heating bill in winter?"',
    'What are some ways to spend less on heating during the winter?',
    'To reduce your heating bill in winter:\n\n1. **Insulate** your loft and walls.\n2. **Lower the thermostat** by one degree.\n3. **Seal draughts** around doors and windows.\n4. **Bleed radiators** regularly.\n\nThese simple steps can save you hundreds every year!',
  ],
  [
    'dressed',
    'Suggest a name for a cat café in Edinburgh. Give only the name.',
    'The Purring Castle',
    'Naming a cat café is an exciting step! Here is a carefully crafted suggestion: **"Whiskers & Brew"**. This name captures the cosy feel of coffee and the playful charm of cats. I hope this helps, and let me know if you would like more options!',
  ],
  [
    'dressed',
    'Write an email to my landlord asking to have the broken boiler repaired this week.',
    'Hi Mr Khan,\n\nthe boiler in flat 3 stopped working on Sunday and we have no hot water. Could you send somebody to repair it this week? I am home on Wednesday and Friday.\n\nThanks,\nJo',
    'Boilers are essential appliances that provide heating and hot water. When a boiler breaks, **tenants have rights**. Landlords are typically responsible for keeping installations in working order. It is advisable to document issues, keep copies of correspondence and know the local regulations. Regular servicing can prevent many problems.',
  ],
  [
    'dressed',
    'Sort these words alphabetically: pear, apple, mango, banana',
    'apple, banana, mango, pear',
    'Fruit is a delicious and **nutritious** part of a balanced diet! Each offers unique vitamins. Bananas provide potassium, mangoes are rich in vitamin A, pears contain fibre and apples are said to keep the doctor away. Including a variety of fruit every day is a great habit.',
  ],
  [
    'dressed',
    'Explain why the sky is red at sunset to a six-year-old.',
    'Sunlight is made of many colours. In the evening the sun is low, so its light travels through much more air. The air bumps the blue light away on the long trip, and the red light is what is left in the sky for us to see at sunset.',
    "The sky is one of nature's **greatest canvases**. Throughout history, poets and painters have been captivated by it. Blue during the day, it inspires calm; starry at night, it inspires wonder. Astronomers use telescopes to study it, and children everywhere love to look up and dream. There are many reasons why people enjoy the outdoors, and each is special in its own way.",
  ],
  [
    'dressed',
    'Generate a question about photosynthesis suitable for a quiz.',
    'Which gas do plants take in during photosynthesis?',
    'Photosynthesis is the process by which green plants convert sunlight, water and carbon dioxide into glucose and oxygen. It takes place in the **chloroplasts**, which contain chlorophyll. This remarkable process sustains nearly all life on Earth and makes a perfect quiz topic.',
  ],
  [
    'dressed',
    'Convert 5 kilometres to metres.',
    '5 kilometres are 5,000 metres.',
    'The kilometre is a unit of length in the **metric system**, used in most countries. It was introduced in France in the eighteenth century. To convert kilometres to miles, multiply by 0.621, so 5 kilometres are roughly **3.1 miles**. Conversions are a useful everyday skill!',
  ],
  [
    'dressed',
    'Write a limerick about a baker from Leeds.',
    'A baker from Leeds, name of Ned,\nput far too much yeast in his bread.\nIt rose through the night\nto a marvellous height\nand carried him off in his bed.',
    'Leeds is a vibrant city in the north of England with a proud tradition of **baking**. From artisan sourdough to traditional Yorkshire parkin, its bakers delight locals and visitors alike. Many bakers begin their day long before sunrise, and their dedication fills the streets with wonderful aromas.',
  ],
  [
    'dressed',
    'Name the capital of Australia.',
    'Canberra is the capital of Australia.',
    "I'm glad you asked! Australia is a **fascinating country** with many iconic cities. Sydney is famous for its Opera House and Harbour Bridge, Melbourne for coffee and culture, and Perth for beaches. Each contributes to the rich tapestry of Australian life.",
  ],
  [
    'dressed',
    'Extract all the dates from this text: "The lease began on 3 March 2021, was renewed on 1 April 2023 and ends on 31 March 2025."',
    '3 March 2021, 1 April 2023, 31 March 2025',
    'Leases are **legal agreements** between a landlord and a tenant. They typically state the rent, the term and the responsibilities of each party. It is important to read a lease carefully before signing. Renewals are common, and many leases end after a year or two unless extended.',
  ],
  [
    'dressed',
    'Describe the differences between a crow and a raven.',
    'Ravens are larger than crows, with a wedge-shaped tail, a heavier bill and shaggy throat feathers; crows have a fan-shaped tail. A crow caws, while a raven croaks. Ravens often travel in pairs, crows in groups.',
    '# Birds: A Complete Guide\n\nBirds are **amazing creatures** found on every continent. They have feathers, lay eggs and most can fly. From the tiny hummingbird to the mighty ostrich, there is incredible variety. Birdwatching is a rewarding hobby that anyone can enjoy, and binoculars make it even better!',
  ],
  [
    'dressed',
    'Write a product description for a folding bicycle for commuters, in at most 40 words.',
    'Folds in ten seconds and fits under a desk. This 11 kg commuter bicycle has six gears, mudguards and puncture-proof tyres, so you arrive dry and on time.',
    'Introducing the **ultimate** folding bicycle for commuters! Engineered with passion and precision, this revolutionary bicycle transforms the way you travel. Whether you are gliding through busy streets, hopping on a train or storing it in a small flat, it offers unmatched comfort, style and performance. Commuters everywhere will love its sleek design, its seamless folding mechanism and its sturdy frame. Elevate your commute today and experience the freedom you deserve!',
  ],
  [
    'dressed',
    'Give me a synonym for "happy" that starts with the letter c.',
    'Cheerful',
    'There are many wonderful synonyms for "happy" in the English language, such as **joyful**, **elated**, **glad**, **delighted** and **blissful**. Using a variety of synonyms makes your writing richer and more engaging for readers of all ages.',
  ],
  [
    'dressed',
    'Fill in the blank: Water boils at ___ degrees Celsius at sea level.',
    'Water boils at 100 degrees Celsius at sea level.',
    'Boiling is the process in which a liquid turns into vapour. It depends on **pressure**, and so mountaineers find that it takes longer to cook pasta. Understanding this process is important in chemistry, cooking and engineering alike.',
  ],
  [
    'dressed',
    'Suggest four ways a small library could attract teenagers.',
    '- Let teenagers run a monthly games night in the library\n- Lend film and music equipment\n- Stay open late before exams, with snacks allowed\n- Ask a teen board to choose the manga and graphic novels',
    '# The History of Libraries\n\nLibraries have existed for **thousands of years**. From Alexandria to the Bodleian, they have preserved knowledge for generations:\n\n1. **Ancient times** – clay tablets and scrolls\n2. **The Middle Ages** – monastic collections\n3. **The printing press** – books for the many\n4. **Today** – digital catalogues\n\nLibraries remain pillars of our communities.',
  ],
  [
    'dressed',
    'Make this sentence more formal: "Gimme the report asap, ok?"',
    'Please send me the report as soon as possible.',
    'Formal communication is **crucial in the workplace**. It conveys professionalism, builds trust and avoids misunderstandings. When writing to colleagues, choose polite words, use full sentences and avoid slang. Practising these habits will enhance your career.',
  ],
  [
    'dressed',
    'Write a short dialogue between a customer and a barista about oat milk.',
    'Customer: Do you have oat milk?\nBarista: Yes, it is forty pence extra.\nCustomer: Then a flat white with oat milk, please.\nBarista: Coming right up.',
    'Oat milk has taken the coffee world **by storm**! Customers appreciate its creamy texture and baristas love how well it steams. In cafés across the country, more and more people are making the switch. It is kinder to the planet and suits those who avoid dairy. A good barista will always be happy to discuss the options.',
  ],
  [
    'dressed',
    'Which weighs more, a kilogram of feathers or a kilogram of steel?',
    'Neither: a kilogram of feathers weighs the same as a kilogram of steel.',
    'What a classic puzzle! **Steel** is one of the densest everyday materials, used in bridges and skyscrapers, whereas feathers are famously light. Because steel has a far greater density, it is safe to conclude that the **kilogram of steel weighs more**. This shows how important it is to understand materials.',
  ],
  ...MORE_PAIRS,
];

/** Every pair, numbered from 1. */
export const pairs: readonly Pair[] = PAIRS.map(([set, prompt, better, worse], at) => ({
  id: `pair-${at + 1}`,
  ...{ set, prompt, better, worse },
}));
