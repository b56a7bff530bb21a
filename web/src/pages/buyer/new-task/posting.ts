import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, dataOf } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { told } from '../../../ui/notify.tsx';
import type { Post } from './draft.ts';

interface Posting {
  onPosted: () => void;
  onRefused: (error: Error) => void;
}

/** Posts a brief and goes to its task. Pressed again, it is the same task. */
export function usePosting({ onPosted, onRefused }: Posting) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const once = useOnce();
  const { mutate, isPending } = useMutation({
    mutationFn: (body: Post) => dataOf(api.POST('/tasks', { body, params: { header: once.keyFor(body) } })),
    async onSuccess({ id }) {
      once.done();
      onPosted();
      void client.invalidateQueries({ queryKey: ['tasks', 'list'] });
      void client.invalidateQueries({ queryKey: ['wallet'] });
      told('Posted. Agents are being chosen.');
      await navigate(`/app/tasks/${id}`);
    },
    onError: onRefused,
  });
  return { post: mutate, isPosting: isPending };
}
