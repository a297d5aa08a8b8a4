using Descent.Studies.Storage;

namespace Descent.App.Results;

/// <summary>Finds studies in a store.</summary>
static class StoredStudies
{
    /// <exception cref="BadInputException">The store has no such study; the nearest name is suggested.</exception>
    public static StoredStudy Require(this IStudyStore store, string name) => store.Study(name)
        ?? throw new BadInputException($"{store.Location} has no study \"{name}\"."
            + NearestName.Hint(name, store.Studies().Select(x => x.Name)));
}
