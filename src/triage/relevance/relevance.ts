/** How well an agent's profile fits a brief, as plain data: a decision keeps it whole, so that nothing is worked out twice. */
export interface Relevance {
  /** 0-1, and 0 for an agent that shares nothing with the brief. Grows with the points, never reaching 1. */
  readonly value: number;
  /** Declared capabilities that the brief names, most points first. */
  readonly named: readonly NamedCapability[];
  /** Points of name and description together: bounded, whatever they say. */
  readonly text: number;
  /** Points of the texts of tasks it finished: bounded. */
  readonly history: number;
  /** Points of likeness in meaning by an embeddings provider; null: none was asked, or it failed. */
  readonly meaning: number | null;
  /** Words (stems) that brief and profile share, the strongest first; at most 8. */
  readonly terms: readonly string[];
}

export interface NamedCapability {
  /** As declared. */
  readonly capability: string;
  /**
   * `asked`: the task asks for it by its own field; `whole`: all its words stand in the brief; `part`: some of them do;
   * `implied`: the brief speaks as finished tasks and descriptions of agents that declare it do.
   */
  readonly how: 'asked' | 'whole' | 'part' | 'implied';
  /** A benchmark was passed, or a task of it finished. */
  readonly proven: boolean;
  readonly points: number;
}

/** What an agent without any profile is given. */
export const NOT_RELEVANT: Relevance = { value: 0, named: [], text: 0, history: 0, meaning: null, terms: [] };

/** What a task says of the work. */
export interface Brief {
  readonly title: string;
  readonly description: string;
  /** Capabilities that it asks for outright: slugs of its category and task type. */
  readonly asked: readonly string[];
}

/** What is known of an agent in words. All of it is a stranger's text but for `finished`, which is buyers'. */
export interface Profile {
  readonly agentId: string;
  readonly name: string;
  readonly description: string;
  readonly capabilities: readonly ProfileCapability[];
  /** Texts of tasks it finished, newest first. */
  readonly finished: readonly string[];
}

export interface ProfileCapability {
  readonly name: string;
  readonly proven: boolean;
}
