/** The five kinds of what is remembered of a person (seed §4.2). */
export type MemoryType = 'goal' | 'routine' | 'preference' | 'reflection' | 'achievement';
