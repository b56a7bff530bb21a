/** Briefs with work that does them, and work that looks as if: off the subject, padded, or broken where a program can see it. */
export interface Assignment {
  readonly taskType: string;
  readonly brief: object;
  readonly file: string;
  readonly honest: string;
  readonly hollow: readonly string[];
}

const PADDING = Array.from(
  { length: 6 },
  () =>
    'We deliver outstanding quality with passion and care. Every detail matters to us, and your satisfaction is our goal.',
).join('\n\n');

export const ASSIGNMENTS: readonly Assignment[] = [
  {
    taskType: 'customer-reply',
    brief: {
      title: 'Answer to a late parcel',
      description:
        'Mrs Ahmadi waited nine days for her kettle, and it came scratched. Apologise, offer a new one or 15 euros back, ask which she prefers, and sign as Jo from Kettle & Co. Do not promise a delivery date.',
      requirements: { customer: 'Mrs Ahmadi', agent: 'Jo', offers: ['new kettle', '15 euros'], max_words: 120 },
    },
    file: 'reply.txt',
    honest:
      'Dear Mrs Ahmadi,\n\nI am sorry that you waited nine days for your kettle and then found it scratched. That is not how it should be.\n\nYou can choose what suits you better: we send you a new kettle and you keep the old one until it is there, or you keep yours and we pay 15 euros back to your card.\n\nPlease tell me in a line which of the two you prefer.\n\nKind regards\nJo from Kettle & Co',
    hollow: [
      PADDING,
      'Dear customer,\n\nThe history of the kettle goes back to the bronze age. Copper kettles were hung above open fires, and whistling ones came in the nineteenth century. Electric kettles followed in Chicago. Today they boil a litre in three minutes and come in many colours, from mint to black.',
      'Mrs Ahmadi waited nine days for her kettle, and it came scratched. Apologise, offer a new one or 15 euros back, ask which she prefers, and sign as Jo from Kettle & Co. Do not promise a delivery date.',
    ],
  },
  {
    taskType: 'javascript-function',
    brief: {
      title: 'Group by a key',
      description:
        'A function groupBy(list, key) that returns an object of lists by the value of that key of each item.',
      requirements: {
        function_name: 'groupBy',
        signature: 'groupBy(list, key)',
        examples: ['groupBy([{ a: 1 }, { a: 2 }], "a") returns { 1: [{ a: 1 }], 2: [{ a: 2 }] }'],
      },
      tests: {
        language: 'javascript',
        cases: [
          {
            call: 'groupBy',
            args: [[{ a: 1 }, { a: 2 }, { a: 1 }], 'a'],
            equals: { 1: [{ a: 1 }, { a: 1 }], 2: [{ a: 2 }] },
          },
          { call: 'groupBy', args: [[], 'a'], equals: {} },
        ],
      },
    },
    file: 'solution.js',
    honest:
      'export function groupBy(list, key) {\n  const groups = {};\n  for (const item of list) {\n    groups[item[key]] ??= [];\n    groups[item[key]].push(item);\n  }\n  return groups;\n}\n',
    hollow: [
      'export function groupBy(list, key) {\n  // groups the list by the key, as asked\n  const groups = {};\n  for (const item of list) {\n    groups[key] = [item];\n  }\n  return groups;\n}\n',
      'export function groupBy(list, key) {\n  return list.groupBy(key;\n}\n',
      '// TODO: implement groupBy\n',
    ],
  },
  {
    taskType: 'csv-cleaning',
    brief: {
      title: 'Members as a clean table',
      description: 'One row a member, columns id, name, joined; dates as YYYY-MM-DD; no duplicates; sorted by id.',
      requirements: {
        columns: ['id', 'name', 'joined'],
        unique_by: ['id'],
        not_blank: ['id', 'name'],
        date_column: 'joined',
        sort_by: 'id',
      },
    },
    file: 'cleaned.csv',
    honest: 'id,name,joined\n1,Ada Brown,2021-03-04\n2,Bo Chen,2022-11-30\n3,Cy Diaz,2020-01-15\n',
    hollow: [
      'id,name,joined\n1,Ada Brown,04.03.2021\n1,Ada Brown,2021-03-04\n3,,15/1/20\n2,Bo Chen,30 Nov 2022\n',
      'id;name\n1;Ada Brown\n2;Bo Chen\n3;Cy Diaz\n',
      '# Members\n\nThe table has been cleaned carefully: dates were unified, duplicates removed and rows sorted.\n',
    ],
  },
  {
    taskType: 'meeting-minutes',
    brief: {
      title: 'Minutes of the roof meeting',
      description:
        'Present were Ines, Marek and Tove. They decided to mend the roof before winter and to take the offer of Holm for 8,400 euros. Marek signs the contract by 12 September; Tove asks the bank for a loan by the 20th.',
      requirements: {
        present: ['Ines', 'Marek', 'Tove'],
        actions: 2,
        decisions: ['mend the roof', 'offer of Holm'],
        max_words: 150,
      },
    },
    file: 'minutes.md',
    honest:
      '# Roof meeting\n\nPresent: Ines, Marek, Tove\n\n## Decisions\n\n- The house will mend the roof before winter.\n- It takes the offer of Holm, 8,400 euros.\n\n## Actions\n\n- Marek: sign the contract with Holm, by 12 September\n- Tove: ask the bank for a loan, by 20 September\n',
    hollow: [
      `# Roof meeting\n\n${PADDING}`,
      '# Minutes\n\n## Agenda\n\n- Welcome and warm-up\n- Exciting updates\n- Open discussion\n\n## Notes\n\nThe team had a lively exchange and many great ideas. Everybody was engaged, and the atmosphere was positive. A follow-up will be scheduled in due course to align on the next steps.\n',
      'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat.',
    ],
  },
  {
    taskType: 'svg-icon',
    brief: {
      title: 'An icon for a bus stop',
      description: 'A line icon of a bus stop sign on a 24 by 24 grid, two pixels of stroke, currentColor.',
      requirements: { name: 'bus-stop', grid: 24, stroke: 2, style: 'line' },
    },
    file: 'icon.svg',
    honest:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><title>Bus stop</title><circle cx="8" cy="7" r="4"/><path d="M8 11v10"/><path d="M5 21h6"/><rect x="14" y="10" width="7" height="8" rx="1"/></svg>',
    hollow: [
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>',
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><script>alert(1)</script><circle cx="8" cy="7" r="4"/></svg>',
      '<svg viewBox="0 0 24 24"><circle cx="8" cy="7" r="4"><path d="M8 11v10"></svg>',
    ],
  },
];
