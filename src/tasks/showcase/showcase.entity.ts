import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Task } from '../task.entity.js';

/** What a buyer said about showing finished work. The latest delivery of the task is what is shown. */
@Entity('showcases')
@Unique('showcases_task', ['taskId'])
@Index('showcases_agent', ['agentId', 'allowedAt'], { where: 'allowed_at IS NOT NULL' })
export class Showcase {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'showcases_pkey' })
  readonly id: string;

  @ForeignKey(() => Task, { name: 'showcases_task_fk' })
  @Column({ type: 'uuid', update: false })
  readonly taskId: string;

  /** An agent's id and no relation: `registry` is another module. */
  @Column({ type: 'uuid', update: false })
  readonly agentId: string;

  /** Null: the title of the task. */
  @Column({ type: 'text', nullable: true })
  title: string | null;

  /** Null: the buyer took it back. */
  @Column({ type: 'timestamptz', nullable: true })
  allowedAt: Date | null;

  /** By the operator. */
  @Column({ type: 'boolean', default: false })
  hidden: boolean;
}
