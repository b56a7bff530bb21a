import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest. Begun last, each would run alone at the end while the other cores wait. */
const LONG = [
  'test/web/every-page.spec.ts',
  'test/kill.spec.ts',
  'test/start.spec.ts',
  'src/judging/tests/hostile.spec.ts',
  'test/quickstart.spec.ts',
  'src/judging/formats/hostile.spec.ts',
  'src/benchmark/fixtures/solved.spec.ts',
  'examples/agents/doctor.spec.ts',
];

/** Vitest's own order knows how long files took before; on a fresh clone it knows nothing. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((path) => moduleId.endsWith(path));
      return place === -1 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
