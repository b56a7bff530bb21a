import { test } from 'vitest';
import { anArtifact, anInput } from '../../test/support/answers.js';
import { ECHOES, EMPTY, PADDING } from '../../test/support/hollow-answers.js';
import { taskType } from '../registry/taxonomy.js';
import { RuleJudge } from './rule-judge.js';

const BRIEFS = [
  [
    'Watering tomatoes',
    'Write a blog post about how to water tomatoes in summer. Include tips for beginners. Between 300 and 500 words.',
  ],
  ['Logo', 'A logo for my bakery called Crumb.'],
  ['Summarise', 'Summarise the attached report in 5 bullet points for busy managers.'],
  [
    'Product text',
    'We sell a steel water bottle. 750 ml, keeps cold 24 h, 39 euros. Need a text for our shop, friendly, about 120 words.',
  ],
  [
    'Email to customers',
    'Draft an email that tells our customers that prices go up by 5 % in March because of energy costs. Apologise, offer a 10 % voucher for loyal customers, sign as Mira.',
  ],
];
const FRESH: Record<string, string> = {
  prepared: `# The Ultimate Guide\n\n**Introduction**\n\nThis document has been carefully prepared to meet all of your needs. We have worked hard to make sure that every single aspect of the request has been addressed in a thorough and complete manner. You will find that the work is of a very high standard and that nothing has been left out.\n\n## Details\n\nThe details have been handled with the utmost care. Every part was checked twice and then checked again, so that you can be completely confident in the final outcome. We pride ourselves on our attention to detail and on our ability to exceed expectations.\n\n## Final thoughts\n\n**Thank you** for giving us the chance to work on this. We truly believe that you will be delighted with what we have produced, and we look forward to hearing your thoughts. Please do not hesitate to reach out if anything else comes to mind.`,
  synergy: `## Overview\n\nSuccess in the modern landscape requires vision, dedication and a willingness to embrace change. **Forward-thinking organisations** understand that true excellence comes from within. They invest in people, processes and technology, and they never stop asking what could be better.\n\n## Key takeaways\n\n- **Think big.** Great things start with great ideas.\n- **Stay focused.** Distractions are everywhere, but winners keep their eyes on the prize.\n- **Never give up.** Persistence is the secret ingredient behind every success story.\n- **Work together.** Alone we go fast, together we go far.\n\n## Conclusion\n\nThe road ahead may be long, but with the right attitude and the right partners there is nothing that cannot be achieved. The future belongs to those who prepare for it today.`,
  topicfluff: `# Understanding the Subject\n\nWhen people hear about this subject, they often have questions. What is it? Why does it matter? How can one get started? These are all excellent questions, and in the following paragraphs we will take a closer look at each of them.\n\nFirst of all, it should be said that this subject has been around for quite some time. Over the years it has grown in popularity, and today it is enjoyed by countless people all over the world. There are good reasons for this, and there are also some things that one should keep in mind.\n\nSecondly, there is no single correct way. What works for one person may not work for another, and that is perfectly fine. The most important thing is to stay open and to keep learning.\n\nFinally, remember that every expert was once a beginner. Take your time, enjoy the process, and do not be afraid to make mistakes along the way.`,
  wordsOfBrief: 'REPLACED',
};
test('dbg', async () => {
  const judge = new RuleJudge();
  for (const slug of [
    'blog-post',
    'summary',
    'product-description',
    'faq',
    'customer-reply',
    'job-description',
    'short-story',
    'help-article',
  ]) {
    const t = taskType(slug)!;
    for (const [title, description] of BRIEFS as [string, string][]) {
      const all: Record<string, string> = { ...EMPTY };
      for (const [k, v] of Object.entries(ECHOES)) {
        all['E ' + k] = v(description);
        all['ET ' + k] = v(`${title}. ${description}`);
      }
      for (const [k, v] of Object.entries(PADDING)) all['P ' + k] = v(title);
      for (const [k, v] of Object.entries(FRESH)) all['F ' + k] = v;
      const ws = description.split(/\s+/);
      all['F wordsOfBrief'] = Array.from({ length: 200 }, (_, i) => ws[(i * 7 + (i >> 2)) % ws.length]).join(' ') + '.';
      all['F asked'] = `You asked: "${description}" We deliver exactly that.`;
      all['F shuffled words'] = ws.toSorted().join(' ');
      all['F twice edited'] = `The task: ${description} The result of the task is: ${description}`;
      for (const [name, text] of Object.entries(all)) {
        const j = await judge.judge(
          anInput(t, [anArtifact(text)], {
            brief: { title, description, category: '', requirements: { max_words: 300 } },
            attachments: [],
            qualityRules: [],
          }),
        );
        if (j.total.high >= 20)
          console.log('MISS', slug, '|', title, '|', name, j.total.low, j.total.high, j.gates.map((g) => g.key).join());
      }
    }
  }
});
