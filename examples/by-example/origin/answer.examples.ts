/** Written with the function. */
