import { build } from 'esbuild';

/**
 * Bundles one entry of this repository for production: `tsx build.ts <entry> <outfile>`, from the entry's workspace.
 * Code of the workspaces goes into the bundle, packages of the registry stay outside; names of classes are kept.
 */
const [entry, outfile] = process.argv.slice(2);
if (!entry || !outfile) throw new Error('usage: tsx build.ts <entry> <outfile>');

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  plugins: [
    {
      name: 'registry packages stay outside',
      setup(bundle) {
        bundle.onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
          kind === 'entry-point' || path.startsWith('@kopru/') ? null : { external: true },
        );
      },
    },
  ],
});
