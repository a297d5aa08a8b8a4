using Descent.Layers;

namespace Descent.Models;

/// <summary>One pass of a forward run: a layer, or several that share it.</summary>
/// <param name="Place">The number of the layer whose output it gives.</param>
/// <param name="Layer">What is run.</param>
/// <param name="Owner">The number of the layer whose parameters it has.</param>
/// <param name="Source">The number of the layer whose output comes in; −1: the model's input.</param>
/// <param name="Shortcut">That of the second input; −1: there is none.</param>
sealed record Stage(int Place, ILayer Layer, int Owner, int Source, int Shortcut);
