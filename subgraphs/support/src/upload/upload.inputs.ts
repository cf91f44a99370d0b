import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { SupportMessageTypes } from '../message/message.ts';
import type { UploadType } from './upload.ts';

@InputType({ description: 'A file whose bytes are about to come.' })
@Directive('@inaccessible')
export class CreateUploadInput {
  @Field(() => SupportMessageTypes, { description: 'IMAGE or AUDIO.' })
  type!: UploadType | 'TEXT';
  @Field(() => String, { description: 'The address of whoever uploads it.' })
  address!: string;
}

@ObjectType({ description: 'A place for a file.', simpleResolvers: true })
@Directive('@inaccessible')
export class CreateUploadPayload {
  @Field(() => ID, { description: 'What it is completed or discarded by.' })
  id!: string;
  @Field(() => String, { description: 'What to store it under: `images/<uuid>` or `audio/<uuid>`.' })
  name!: string;
}

@InputType({ description: 'What became of an upload.' })
@Directive('@inaccessible')
export class CompleteUploadInput {
  @Field(() => ID, { description: 'Which one.' })
  id!: string;
  @Field(() => String, { description: 'Its media type, as its bytes say.' })
  contentType!: string;
  @Field(() => Int, { description: 'In bytes.' })
  size!: number;
  @Field(() => String, { description: 'Where it is, at most 512 characters.' })
  url!: string;
}
