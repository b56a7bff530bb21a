import '@mantine/dropzone/styles.css';
import { ActionIcon, Button, Group, Loader, Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconPaperclip, IconUpload, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ApiError, type Shape } from '../../../api/client.ts';
import { bytes, percent, whole } from '../../../ui/format.ts';
import { useBrief } from './brief-form.ts';
import type { DraftFile } from './draft.ts';
import { upload } from './upload.ts';

type Limits = Shape<'Terms'>['attachments'];

/** A file on its way, or one that did not get there. */
interface Sending {
  readonly id: string;
  readonly name: string;
  readonly share: number;
  readonly problem: string | null;
}

/** Files for the agents: dropped or chosen, sent at once, named in the brief. */
export function Attachments({ limits }: { limits: Limits }) {
  const form = useBrief();
  const files: DraftFile[] = form.useWatchValue('attachments');
  const { sending, send, refuse, forget } = useSending((file) =>
    form.setFieldValue('attachments', [...form.getValues().attachments, file]),
  );
  const choose = useRef<() => void>(null);
  const left = limits.most - files.length - sending.filter(({ problem }) => problem === null).length;
  const told = `Up to ${whole(limits.most)} files of ${bytes(limits.max_bytes)} each. No programs.`;
  return (
    <Stack gap="xs">
      <Dropzone
        onDrop={(dropped) => send(dropped.slice(0, left))}
        onReject={(rejected) => refuse(rejected.map(({ file }) => tooLarge(file, limits)))}
        maxSize={limits.max_bytes}
        disabled={left <= 0}
        inputProps={{ 'aria-label': 'Files', tabIndex: -1 }}
        openRef={choose}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        p="md"
      >
        <Group gap="sm" justify="center" mih={56}>
          <IconUpload size={22} aria-hidden />
          <div>
            <Text size="sm" fw={500}>
              {left > 0 ? 'Drop files here' : 'That is as many as there may be'}
            </Text>
            <Text size="xs" c="dimmed">
              {told}
            </Text>
          </div>
          <Button
            variant="default"
            size="xs"
            disabled={left <= 0}
            data-path="attachments"
            onClick={() => choose.current?.()}
          >
            Choose files
          </Button>
        </Group>
      </Dropzone>
      {form.errors.attachments && (
        <Text size="sm" c="red" role="alert">
          {form.errors.attachments}
        </Text>
      )}
      <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {files.map(({ id, name, size }) => (
          <FileLine
            key={id}
            name={name}
            note={bytes(size)}
            onRemove={() =>
              form.setFieldValue(
                'attachments',
                form.getValues().attachments.filter((file) => file.id !== id),
              )
            }
          />
        ))}
        {sending.map(({ id, name, share, problem }) => (
          <FileLine
            key={id}
            name={name}
            note={problem ?? `${percent(share)} sent`}
            problem={problem !== null}
            {...(problem === null ? { share } : {})}
            onRemove={() => forget(id)}
          />
        ))}
      </Stack>
    </Stack>
  );
}

interface Line {
  name: string;
  note: string;
  problem?: boolean;
  /** While it is on its way. */
  share?: number;
  onRemove: () => void;
}

function FileLine({ name, note, problem = false, share, onRemove }: Line) {
  return (
    <Group component="li" gap="xs" wrap="nowrap">
      {share === undefined ? <IconPaperclip size={16} aria-hidden /> : <Loader size={16} aria-hidden />}
      <Stack gap={2} flex={1} miw={0}>
        <Text size="sm" truncate>
          {name}
        </Text>
        {share !== undefined && <Progress value={share * 100} size="xs" aria-label={`${name}: how much was sent`} />}
        <Text size="xs" c={problem ? 'red' : 'dimmed'} {...(problem ? { role: 'alert' } : {})}>
          {note}
        </Text>
      </Stack>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </Group>
  );
}

function tooLarge({ name, size }: File, { max_bytes: most }: Limits): Sending {
  const problem = `It has ${bytes(size)}; ${bytes(most)} is the most.`;
  return { id: crypto.randomUUID(), name, share: 0, problem };
}

/** What is on its way. It ends with the page, or when its line is removed. */
function useSending(onDone: (file: DraftFile) => void) {
  const [sending, setSending] = useState<Sending[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const open = aborts.current;
    return () => {
      for (const abort of open.values()) abort.abort();
    };
  }, []);
  const change = (id: string, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const forget = (id: string) => {
    aborts.current.get(id)?.abort();
    aborts.current.delete(id);
    setSending((all) => all.filter((one) => one.id !== id));
  };
  const sendOne = async (file: File) => {
    const id = crypto.randomUUID();
    const abort = new AbortController();
    aborts.current.set(id, abort);
    setSending((all) => [...all, { id, name: file.name, share: 0, problem: null }]);
    try {
      const onProgress = (share: number) => change(id, { share });
      const { id: fileId, name, size } = await upload({ file, key: id, signal: abort.signal, onProgress });
      onDone({ id: fileId, name, size });
      forget(id);
    } catch (error) {
      const problem = error instanceof ApiError ? `${error.message} ${error.suggestion}` : 'It did not arrive.';
      change(id, { problem });
    }
  };
  const refuse = (files: Sending[]) => setSending((all) => [...all, ...files]);
  return { sending, send: (files: File[]) => files.forEach((file) => void sendOne(file)), refuse, forget };
}
