import type { LifeArea } from '@selfos/kernel';
import type { Prompt } from './prompts.fixture.js';

const ANY_DAY = ['2026-03-05', '2027-12-31'] as const;
const wish = (area: LifeArea) => (message: string, title?: RegExp): Prompt => ({ message, expect: { area: [area], goal: ANY_DAY, ...(title === undefined ? {} : { title }) } });
const [health, career, relationships, creativity, finance, growth, spirituality] = (['health', 'career', 'relationships', 'creativity', 'finance', 'personal_growth', 'spirituality'] as const).map(wish) as [ReturnType<typeof wish>, ReturnType<typeof wish>, ReturnType<typeof wish>, ReturnType<typeof wish>, ReturnType<typeof wish>, ReturnType<typeof wish>, ReturnType<typeof wish>];

/** Wishes without a day or an hour, four or more for each area: each asks for a goal. Written before the planner made goals of habits. */
export const WISHES: readonly Prompt[] = [
  health('I want to walk more'), health('I would like to do yoga regularly'), health('Help me sleep better', /screen|light/i), health('I want to get stronger'),
  career('I want to be more productive at work'), career('I would love to find a new job'), career('Help me get better at networking'), career('I want to earn a certification'),
  relationships('I want to be a better friend'), relationships('I would like to spend more time with my wife'), relationships('I want to call my parents more often'), relationships('Help me be a more patient father'), relationships('I want to meet new people'),
  creativity('I want to draw more'), creativity('I would like to learn the guitar'), creativity('I want to write a short story'), creativity('Help me get better at photography'),
  finance('I want to spend less'), finance('I would like to get out of debt'), finance('I want to save more money'), finance('Help me keep a budget'),
  growth('I want to read more books'), growth('I would like to be less on my phone'), growth('I want to learn Italian'), growth('Help me keep a journal'),
  spirituality('I want to meditate'), spirituality('I would like to pray more'), spirituality('Help me be more grateful'), spirituality('I want to spend more time in nature'), spirituality('I want to be more mindful'),
];
