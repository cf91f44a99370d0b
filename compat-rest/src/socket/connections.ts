import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { CloseConnection, OpenConnection, RenewConnections } from '@kopru/schema/operations/connections.ts';
import { asService, type Run, runAs } from '../operation.ts';

/** A connection lasts 60 s unless renewed: two renewals may fail before somebody looks offline who is not. */
const renewEvery = 20_000;
const batchSize = 500;

/**
 * The connections through which people are online, of all sockets in this process.
 * It renews them together, as the service; opening one needs its viewer.
 */
export class Connections {
  readonly #logger: Logger;
  readonly #asService: () => Run;
  /** By id, how the viewer opens it. */
  readonly #open = new Map<string, () => Promise<unknown>>();
  readonly #timer: NodeJS.Timeout;
  #renewing = Promise.resolve();

  constructor(graph: Graph, logger: Logger, every = renewEvery) {
    this.#logger = logger;
    this.#asService = () => runAs(graph, asService());
    this.#timer = setInterval(() => {
      this.#renewing = this.#renewing.then(() => this.#renew());
    }, every).unref();
  }

  /** Makes the viewer of `run` online; renewed until it is closed. */
  async open(connectionId: string, run: Run): Promise<void> {
    const open = () => run(OpenConnection, { input: { connectionId } });
    this.#open.set(connectionId, open);
    try {
      await open();
    } catch (error) {
      this.#open.delete(connectionId);
      throw error;
    }
    // It was closed while it opened, and perhaps before it was there.
    if (!this.#open.has(connectionId)) await this.#release(connectionId);
  }

  /** The last one closed makes its viewer offline. */
  async close(connectionId: string): Promise<void> {
    if (this.#open.delete(connectionId)) await this.#release(connectionId);
  }

  /** Stops renewing; those who opened connections close them. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    const ids = [...this.#open.keys()];
    for (let start = 0; start < ids.length; start += batchSize) {
      const batch = ids.slice(start, start + batchSize);
      try {
        const { renewConnections } = await this.#asService()(RenewConnections, { input: { connectionIds: batch } });
        const renewed = new Set(renewConnections.renewed);
        await Promise.all(batch.filter((id) => !renewed.has(id)).map((id) => this.#reopen(id)));
      } catch (error) {
        this.#logger.warn({ err: error, connections: batch.length }, 'connections were not renewed');
      }
    }
  }

  /** A failure is only logged: the connection then runs out by itself. */
  async #release(connectionId: string): Promise<void> {
    try {
      await this.#asService()(CloseConnection, { input: { connectionId } });
    } catch (error) {
      this.#logger.warn({ err: error, connectionId }, 'a connection was not closed');
    }
  }

  /** After an outage longer than a connection lasts. */
  async #reopen(connectionId: string): Promise<void> {
    try {
      await this.#open.get(connectionId)?.();
    } catch (error) {
      this.#logger.warn({ err: error, connectionId }, 'a connection was not opened again');
    }
  }
}
