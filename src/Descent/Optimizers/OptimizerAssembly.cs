using System.Reflection;
using System.Runtime.Loader;

namespace Descent.Optimizers;

/// <summary>Rules out of a file that Descent does not come with.</summary>
public static class OptimizerAssembly
{
    /// <summary>Loads the file and finds its rules. What it needs beside Descent is looked for in its own folder.</summary>
    /// <exception cref="BadInputException">There is no such file, it is no assembly, it does not go with this Descent, or a rule in it is
    /// incomplete; the message says which.</exception>
    public static OptimizerCatalog Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException("there is no such file.");
        }

        try
        {
            return new OptimizerCatalog(new RuleContext(path).LoadFromAssemblyPath(path));
        }
        catch (BadImageFormatException exception)
        {
            throw new BadInputException("the file is no .NET assembly that this runtime can load.", exception);
        }
        catch (ReflectionTypeLoadException exception)
        {
            string reason = exception.LoaderExceptions.OfType<Exception>().FirstOrDefault()?.Message ?? exception.Message;
            throw new BadInputException($"it was built for another Descent, or lacks what it needs: {reason}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"the file cannot be read: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new BadInputException($"a rule in it is incomplete: {exception.Message}", exception);
        }
    }

    /// <summary>Everything that the program has already, Descent's own assembly among it, stays the program's: otherwise a copy beside the
    /// file would bring an IOptimizer of its own.</summary>
    sealed class RuleContext : AssemblyLoadContext
    {
        public RuleContext(string path) : base(path)
        {
            var resolver = new AssemblyDependencyResolver(path);
            Resolving += (context, name) => resolver.ResolveAssemblyToPath(name) is { } file ? context.LoadFromAssemblyPath(file) : null;
        }
    }
}
