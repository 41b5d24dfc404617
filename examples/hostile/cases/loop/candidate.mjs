export const f = () => {
  for (;;);
};
