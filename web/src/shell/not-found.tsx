import { LinkButton } from '../ui/link.tsx';
import { Empty } from '../ui/states.tsx';

export function NotFound() {
  return (
    <Empty title="There is no such page" action={<LinkButton to="/">To the start</LinkButton>}>
      The address may be old, or mistyped.
    </Empty>
  );
}
