import { describe } from '@jest/globals';
import { modelSwitchContract } from '../../../test/model-switch.contract.js';
import { WordEmbedder } from '../../adapters/in-memory/word-embedder.js';

class OtherEmbedder extends WordEmbedder {
  override readonly model = 'other-64';
}

describe('another embedding model', () => modelSwitchContract(() => new OtherEmbedder()));
