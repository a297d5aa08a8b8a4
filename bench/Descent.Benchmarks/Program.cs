using Descent.Benchmarks.Kernels;

int threads = args.Length > 1 ? int.Parse(args[1]) : 1;
MatrixProducts.Run(threads);
return 0;
