import { Module, type DynamicModule } from '@nestjs/common';
import { ClockController } from './clock/clock.controller.js';

/** Holds the few endpoints that the gateway answers itself; all others are forwarded by `openSurface`. */
@Module({})
export class GatewayModule {
  static with(options: { readonly timeTravel: boolean }): DynamicModule {
    return { module: GatewayModule, controllers: options.timeTravel ? [ClockController] : [] };
  }
}
