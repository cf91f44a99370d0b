// Generated from the operations in the folder of the same name by `npm run schema`; not to be edited.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A connection that has gone down. */
export type CloseConnectionInput = {
  /** Its id; the viewer's own, or anybody's with a service token. */
  readonly connectionId: string;
};

/** A connection of the viewer that has come up. */
export type OpenConnectionInput = {
  /** 1 to 64 letters, digits and any of `.:_-`, and nobody else's. */
  readonly connectionId: string;
};

/** Whether somebody is there. */
export type PresenceStatus =
  /** There. */
  | 'ONLINE'
  /** Connected, but away from the keyboard. */
  | 'IDLE'
  /** There, and not to be disturbed. */
  | 'DND'
  /** Not connected, or does not want to be seen. */
  | 'OFFLINE';

/** Connections that are still up. */
export type RenewConnectionsInput = {
  /** Their ids, at most 1000; the viewer's own, or anybody's with a service token. */
  readonly connectionIds: ReadonlyArray<string>;
};

export type CloseConnectionMutationVariables = Exact<{
  input: CloseConnectionInput;
}>;


export type CloseConnectionMutation = { readonly closeConnection: { readonly presence: { readonly status: PresenceStatus } } };

export type OpenConnectionMutationVariables = Exact<{
  input: OpenConnectionInput;
}>;


export type OpenConnectionMutation = { readonly openConnection: { readonly expiresAt: string } };

export type RenewConnectionsMutationVariables = Exact<{
  input: RenewConnectionsInput;
}>;


export type RenewConnectionsMutation = { readonly renewConnections: { readonly renewed: ReadonlyArray<string> } };

export const CloseConnection = parse(`
mutation CloseConnection($input: CloseConnectionInput!) {
  closeConnection(input: $input) {
    presence {
      status
    }
  }
}
`) as TypedDocumentNode<CloseConnectionMutation, CloseConnectionMutationVariables>;

export const OpenConnection = parse(`
mutation OpenConnection($input: OpenConnectionInput!) {
  openConnection(input: $input) {
    expiresAt
  }
}
`) as TypedDocumentNode<OpenConnectionMutation, OpenConnectionMutationVariables>;

export const RenewConnections = parse(`
mutation RenewConnections($input: RenewConnectionsInput!) {
  renewConnections(input: $input) {
    renewed
  }
}
`) as TypedDocumentNode<RenewConnectionsMutation, RenewConnectionsMutationVariables>;
