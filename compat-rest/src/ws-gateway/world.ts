import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { DirectChannel } from './direct-channel.ts';
import { Echoes } from './echoes.ts';
import { Guild } from './guild.ts';
import { People } from './people.ts';
import { Rooms } from './room.ts';

/** Everything that the sockets of this process listen to, each over one subscription. */
export class World {
  readonly guilds: Rooms<Guild>;
  readonly directChannels: Rooms<DirectChannel>;
  readonly people: People;

  constructor(graph: Graph, logger: Logger) {
    const echoes = new Echoes();
    this.guilds = new Rooms((id, onEmpty) => new Guild({ graph, logger, echoes }, id, onEmpty));
    this.directChannels = new Rooms((id, onEmpty) => new DirectChannel({ graph, logger }, id, onEmpty));
    this.people = new People(
      { graph, logger },
      {
        left: (userId, guildId) => this.guilds.find(guildId)?.expel(userId),
        gone: (guildId) => this.guilds.find(guildId)?.close(),
      },
    );
  }

  /** How many guilds somebody listens to. */
  get subscribedGuilds(): number {
    return [...this.guilds].filter(({ subscribed }) => subscribed).length;
  }

  close(): void {
    this.guilds.close();
    this.directChannels.close();
    this.people.close();
  }
}
