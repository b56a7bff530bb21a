import type { KeptNote } from '../dispatch/callbacks.queries.js';
import type { Judgement } from '../judging/judgement.schema.js';
import type { StoredArtifact } from './artifact.entity.js';
import type { StoredAttachment } from './attachment.entity.js';
import type { Delivery } from './delivery.entity.js';
import { nextEvents } from './lifecycle.js';
import type { Links } from './links.js';
import type { Showcase } from './showcase/showcase.entity.js';
import type { Task } from './task.entity.js';
import type { ArtifactView, AttachmentView, DeliveryView, ProgressView, TaskView } from './task.schema.js';

/** A task as its buyer sees it. */
export function taskView(
  task: Task,
  attachments: readonly StoredAttachment[],
  showcase: Showcase | undefined,
  links: Links,
): TaskView {
  return {
    id: task.id,
    status: task.status,
    title: task.title,
    description: task.description,
    category: task.category,
    task_type: task.taskType,
    requirements: task.requirements,
    quality_rules: task.qualityRules,
    metadata: task.metadata,
    sourcing: task.sourcing,
    verification: task.verification,
    judge: task.judge,
    tests: task.tests,
    experimentation: task.experimentation,
    budget: task.budget,
    fee_bps: task.feeBps,
    round: task.round,
    max_revisions: task.maxRevisions,
    revisions_used: task.revisionsUsed,
    selected_bid_id: task.selectedBidId,
    reason: task.reason ?? null,
    showcase: (showcase?.allowedAt ?? null) !== null,
    showcase_title: showcase?.title ?? null,
    created_at: task.createdAt.toISOString(),
    status_since: task.statusSince.toISOString(),
    closes_at: task.closesAt?.toISOString() ?? null,
    attachments: attachments.map((attachment) => attachmentView(attachment, links)),
    next_actions: actions(task),
  };
}

/** What the buyer may do, less what the table allows and the task's own limits don't. */
function actions(task: Task): string[] {
  const events: string[] = nextEvents(task.status, 'buyer');
  return task.revisionsUsed < task.maxRevisions ? events : events.filter((event) => event !== 'revise');
}

export function attachmentView(attachment: StoredAttachment, links: Links): AttachmentView {
  return {
    id: attachment.id,
    name: attachment.name,
    media_type: attachment.mediaType,
    size: attachment.size,
    created_at: attachment.createdAt.toISOString(),
    url: links.to('attachments', attachment.id),
  };
}

/** Artifacts whose time is over have no bytes left to link to. */
export function artifactViews(artifacts: readonly StoredArtifact[], links: Links): ArtifactView[] {
  return artifacts
    .filter(({ hash }) => hash !== null)
    .map(({ id, type, name, mediaType, size }) => ({
      id,
      type,
      name,
      media_type: mediaType,
      size,
      url: links.to('artifacts', id),
    }));
}

export function deliveryView(
  delivery: Delivery,
  judgement: Judgement | undefined,
  artifacts: readonly StoredArtifact[],
  note: KeptNote | undefined,
  links: Links,
): DeliveryView {
  return {
    id: delivery.id,
    number: delivery.number,
    status: delivery.status,
    reason: delivery.reason,
    notes: delivery.notes,
    summary: delivery.summary,
    message: delivery.message,
    requested_at: delivery.requestedAt.toISOString(),
    received_at: delivery.receivedAt?.toISOString() ?? null,
    progress: noteView(note),
    tested: delivery.tested ?? null,
    judgement: judgement ?? null,
    kept: delivery.kept,
    artifacts: artifactViews(artifacts, links),
  };
}

export function noteView(note: KeptNote | undefined): ProgressView {
  return note ? { at: note.at.toISOString(), message: note.message, percent: note.percent } : null;
}
