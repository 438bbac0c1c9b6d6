answer = " C "
