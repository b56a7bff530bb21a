import { Empty } from '../../../ui/states.tsx';
export function Component() {
  return <Empty title="Choose two or three prototypes in the gallery" />;
}
