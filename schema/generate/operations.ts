import { readdir, readFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  printSchema,
  Source,
  validate,
  visit,
} from 'graphql';

/** One TypeScript module a system, path → text, from the operations in its folder. */
export async function operationModules(folder: string, schema: GraphQLSchema): Promise<(readonly [string, string])[]> {
  const systems = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(
    systems
      .map(({ name }) => name)
      .sort()
      .map(async (system) => {
        const documents = await readDocuments(`${folder}${system}/`);
        const filename = `${folder}${system}.ts`;
        return [filename, await moduleText(filename, documents, schema)] as const;
      }),
  );
}

type NamedDocument = { readonly location: string; readonly document: DocumentNode };

async function readDocuments(folder: string): Promise<NamedDocument[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (location) => ({
      location,
      document: parse(new Source(await readFile(`${folder}${location}`, 'utf8'), location)),
    })),
  );
}

async function moduleText(filename: string, documents: NamedDocument[], schema: GraphQLSchema): Promise<string> {
  const types = await codegen({
    filename,
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents,
    config: {
      arrayInputCoercion: false,
      immutableTypes: true,
      scalars: { ID: 'string', DateTime: 'string' },
      strictScalars: true,
      useTypeImports: true,
    },
    plugins: [{ types: {} }],
    pluginMap: { types: typescriptOperations },
  });
  return [
    '// Generated from the operations in the folder of the same name by `npm run schema`; not to be edited.',
    "import type { TypedDocumentNode } from '@graphql-typed-document-node/core';",
    "import { parse } from 'graphql';",
    '',
    types.trim(),
    '',
    ...documents.flatMap((document) => typedDocuments(document, fragmentsOf(documents), schema)),
  ].join('\n');
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(documents: readonly NamedDocument[]): Fragments {
  return new Map(
    documents
      .flatMap(({ document }) => document.definitions)
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
}

/** A constant for the file's operation, named as it is, with the fragments it reaches; nothing for a file of fragments. */
function typedDocuments({ location, document }: NamedDocument, fragments: Fragments, schema: GraphQLSchema): string[] {
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const name = operation.name?.value;
      if (location !== `${name}.graphql`)
        throw new Error(`${location} holds the operation ${name}; they share a name.`);
      const text = [operation, ...reachable(operation, fragments)].map(print).join('\n\n');
      const [error] = validate(schema, parse(text));
      if (error) throw new Error(`${location}: ${error.message}`);
      const type = `${name}${operation.operation[0]?.toUpperCase()}${operation.operation.slice(1)}`;
      const literal = `\`\n${text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&')}\n\``;
      return `export const ${name} = parse(${literal}) as TypedDocumentNode<${type}, ${type}Variables>;\n`;
    });
}

function reachable(operation: OperationDefinitionNode, fragments: Fragments): Set<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return found;
}
