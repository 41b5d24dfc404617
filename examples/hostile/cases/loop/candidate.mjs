export const f = () => { for(;;); };
