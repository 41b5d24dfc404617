/** Written with the function. */
export {};
