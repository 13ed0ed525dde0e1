/* eslint-disable */
export const value: any = 1;
