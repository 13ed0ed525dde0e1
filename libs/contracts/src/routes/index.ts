import type { ServiceName } from '../domains.js';
import type { Route } from '../route.js';
import * as ai from './ai.js';
import * as auth from './auth.js';
import * as clock from './clock.js';
import * as conversations from './conversations.js';
import * as feedback from './feedback.js';
import * as goals from './goals.js';
import * as memories from './memories.js';
import * as notify from './notify.js';
import * as plans from './plans.js';
import * as profile from './profile.js';
import * as settings from './settings.js';
import * as stories from './stories.js';
import * as tasks from './tasks.js';

const { transcribe, describePicture } = ai;
const { register, login, refresh, logout, getMe, changeMe, jwks, domainKey } = auth;
const { getClock, moveClock } = clock;
const { converse, listConversations, getConversation, listMessages, answerMessage } = conversations;
const { giveFeedback, listFeedback } = feedback;
const { createGoal, listGoals, getGoal, changeGoal, deleteGoal } = goals;
const { listMemories, forgetMemory, forgetAllMemories, correctMemory, getMemorySettings, changeMemorySettings, recall, remember, withholdMemories } = memories;
const { listNotifications, readNotification } = notify;
const { getPlan, acceptPlan, rejectPlan, undoPlan } = plans;
const { getProfile, changeProfile, resetProfile, readProfile, observeProfile } = profile;
const { getSettings, changeSettings, heedSettings } = settings;
const { createStory, listStories, getStory, readStoryFile, storyFileHeader, storyFileBody, writeNarrative } = stories;
const { createTask, listTasks, getTask, changeTask, deleteTask, completeTask, listOccurrences, getToday } = tasks;

/** Every endpoint there is, by name. */
export const routes = {
  transcribe, describePicture,
  register, login, refresh, logout, getMe, changeMe, jwks, domainKey,
  getClock, moveClock,
  converse, listConversations, getConversation, listMessages, answerMessage,
  giveFeedback, listFeedback,
  createGoal, listGoals, getGoal, changeGoal, deleteGoal,
  listMemories, forgetMemory, forgetAllMemories, correctMemory, getMemorySettings, changeMemorySettings, recall, remember, withholdMemories,
  listNotifications, readNotification,
  getPlan, acceptPlan, rejectPlan, undoPlan,
  getProfile, changeProfile, resetProfile, readProfile, observeProfile,
  getSettings, changeSettings, heedSettings,
  createStory, listStories, getStory, readStoryFile, storyFileHeader, storyFileBody, writeNarrative,
  createTask, listTasks, getTask, changeTask, deleteTask, completeTask, listOccurrences, getToday,
} as const;

export type RouteName = keyof typeof routes;

/** The routes that a service implements. */
export function routesOf(service: ServiceName): Route[] {
  return Object.values<Route>(routes).filter((route) => route.service === service);
}
