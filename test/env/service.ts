/** A service that tests run against where it can be reached. Plain data: it crosses from the main process to the workers. */
export interface Service {
  readonly url: string;
  /** What it calls itself, "MariaDB 10.11.19"; null where it cannot be reached. */
  readonly version: string | null;
  /** Why it cannot be reached. */
  readonly reason: string | null;
}
