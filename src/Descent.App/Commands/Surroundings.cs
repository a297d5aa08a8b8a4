using Descent.App.Options;
using Descent.App.Output;

namespace Descent.App.Commands;

/// <summary>What all commands of one call share.</summary>
sealed record Surroundings(SharedOptions Shared, Terminal Terminal, CancellationToken Cancellation);
