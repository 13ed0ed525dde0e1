import { Repository } from 'typeorm';

export const store = Repository;
