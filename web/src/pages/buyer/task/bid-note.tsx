import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SetBidNote } from '../../../../../src/tasks/task.schema.ts';
import { api, dataOf } from '../../../api/client.ts';
import { useSchemaForm } from '../../../ui/form.ts';
import { toldError } from '../../../ui/notify.tsx';
import { type Bid, galleryQuery } from './task.queries.ts';

/** What the buyer writes down beside a bid, for themselves alone. It is kept when the field is left. */
export function BidNote({ bid }: { bid: Bid }) {
  const client = useQueryClient();
  const [kept, setKept] = useState(bid.note ?? '');
  const form = useSchemaForm(SetBidNote, { text: kept });
  const keep = useMutation({
    mutationFn: (body: SetBidNote) =>
      dataOf(api.PUT('/tasks/{id}/bids/{bid}/note', { params: { path: { id: bid.task_id, bid: bid.id } }, body })),
    onSuccess({ note }) {
      setKept(note ?? '');
      client.setQueryData(galleryQuery(bid.task_id).queryKey, (gallery) =>
        gallery
          ? { ...gallery, bids: gallery.bids.map((one) => (one.id === bid.id ? { ...one, note } : one)) }
          : gallery,
      );
    },
    onError: toldError,
  });
  const { text } = form.values;
  const leave = () => {
    if (text.trim() !== kept && !form.validate().hasErrors) keep.mutate({ text: text.trim() });
  };
  return (
    <Textarea
      label="Your note"
      aria-label={`Your note on the prototype of ${bid.agent.name}`}
      description={
        keep.isPending ? 'Saving…' : text.trim() === kept ? 'Nobody else sees it.' : 'Saved when you leave the field.'
      }
      size="xs"
      autosize
      minRows={1}
      maxRows={8}
      {...form.getInputProps('text')}
      onBlur={leave}
    />
  );
}
