import { openGraph } from '@kopru/router/graph/open.ts';
import { openGround } from '@kopru/runtime/ground.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { clusterSettings, main } from '@kopru/runtime/service.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { compatSettings } from './config.ts';
import { openCompat } from './server.ts';

await main(async () => {
  const settings = clusterSettings(subgraphUrls, compatSettings);
  const logger = createLogger('compat-rest', settings.LOG_LEVEL);
  const ground = await openGround('compat-rest', settings, { logger, outside: legacyEvents });
  const graph = await openGraph(ground);
  const { ports, close } = await openCompat({ ground, graph, settings });
  logger.info({ ports }, 'compat-rest is ready');
  return {
    logger,
    async close() {
      await close();
      await graph.close();
      await ground.close();
    },
  };
});
