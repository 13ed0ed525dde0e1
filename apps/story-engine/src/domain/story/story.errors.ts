import { defineError } from '@selfos/kernel';

export class StoryNotFound extends defineError('stories.story.not-found', 'not-found', 'There is no such story') {}

export class StoryOver extends defineError('stories.story.over', 'conflict', 'The story is already finished') {}

export class StoryExists extends defineError('stories.story.exists', 'conflict', 'There is already a story with this id') {}

export class PeriodNotOver extends defineError('stories.period.not-over', 'invalid', 'A story is made of days that have begun') {}

export class ScriptUnsupported extends defineError('stories.script.unsupported', 'invalid', 'The script says something that no record supports') {}

export class StoryFileNotFound extends defineError('stories.file.not-found', 'not-found', 'The story has no such file') {}

export class RangeUnsatisfiable extends defineError('stories.file.range', 'invalid', 'The file has no such bytes') {}

export class UnreadableCursor extends defineError('stories.page.cursor', 'invalid', 'This cursor does not belong to a list of stories') {}
