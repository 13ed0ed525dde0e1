export * from './contract.js';
export * from './domains.js';
export * from './envelope.js';
export * from './events/catalogue.js';
export * from './events/event.js';
export * from './fields.js';
export * from './manifest.js';
export * from './marks.js';
export * from './problem.js';
export * from './route.js';
export * from './routes/index.js';
export {
  STORY_STATES, storyNarrative, storyScript, storyState, storyStatus, type StoryNarrative, type StoryScene, type StoryScript,
} from './routes/stories.js';
export { agenda, messageContext } from './routes/conversations.js';
export { memoryQuote } from './routes/memories.js';
export { memoryText, memoryType } from './routes/remembered.js';
export { answerSettings } from './routes/settings.js';
export { goalDraft, goalShape, goalTitlePlace } from './routes/goals.js';
export { planChange, planShape } from './routes/plans.js';
export { type ProfileCue, profileCues } from './routes/profile.js';
export { occurrenceShape, taskDraft, taskShape, taskTitle } from './routes/tasks.js';
export * from './walk.js';
