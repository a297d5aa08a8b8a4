-- Gradients and products with the Hessian that were taken until an evaluation, and of a trial that has ended all of them; null where an earlier version ran it.
ALTER TABLE epochs ADD COLUMN gradient_evaluations INTEGER;
ALTER TABLE epochs ADD COLUMN hessian_products INTEGER;
ALTER TABLE trials ADD COLUMN gradient_evaluations INTEGER;
ALTER TABLE trials ADD COLUMN hessian_products INTEGER;
