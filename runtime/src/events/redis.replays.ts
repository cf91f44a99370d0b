import { unavailable } from '../errors.ts';
import { comparePositions, type Position } from './event.ts';
import { ResumeGap } from './log.ts';
import type { Page } from './redis.scripts.ts';
import { type Replay, reaches } from './replay.ts';

interface Job {
  readonly replay: Replay;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const pageSize = 500;

/** Reads the past for many subscribers at once: after a router's restart, its clients all come back in one moment. */
export class Replays {
  readonly #read: (after: Position, count: number) => Promise<Page>;
  readonly #jobs: Job[] = [];
  #running = false;

  constructor(read: (after: Position, count: number) => Promise<Page>) {
    this.#read = read;
  }

  /** Resolves when `replay` has been given its past. Rejects, with the replay abandoned, where that cannot be had. */
  run(replay: Replay): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ replay, resolve, reject });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#jobs.length > 0) {
      const jobs = new Set(this.#jobs.splice(0));
      try {
        await this.#scan(jobs);
      } catch (error) {
        for (const job of jobs) fail(job, unavailable('The event log cannot be read.', error as Error));
      }
    }
    this.#running = false;
  }

  async #scan(jobs: Set<Job>): Promise<void> {
    const byTopic = new Map<string, Job[]>();
    for (const job of jobs)
      for (const topic of job.replay.topics) byTopic.set(topic, [...(byTopic.get(topic) ?? []), job]);
    let cursor = [...jobs].map(({ replay }) => replay.from).reduce((a, b) => (comparePositions(a, b) < 0 ? a : b));
    while (jobs.size > 0) {
      const page = await this.#read(cursor, pageSize);
      for (const job of jobs) {
        // What is read after the first page may have been trimmed meanwhile.
        const from = comparePositions(job.replay.from, cursor) > 0 ? job.replay.from : cursor;
        if (!reaches(from, page.floor, page.newest)) {
          jobs.delete(job);
          fail(job, new ResumeGap());
        }
      }
      for (const { position, topics, event } of page.entries) {
        const concerned = new Set(topics.flatMap((topic) => byTopic.get(topic) ?? []));
        for (const job of concerned)
          if (jobs.has(job) && comparePositions(position, job.replay.from) > 0) job.replay.offer(event());
      }
      cursor = page.end;
      if (page.more) continue;
      for (const { replay, resolve } of jobs) {
        replay.finish(page.end);
        resolve();
      }
      return;
    }
  }
}

function fail({ replay, reject }: Job, error: Error): void {
  replay.abandon();
  reject(error);
}
