namespace Descent.Studies.Statistics;

/// <summary>One key of a trial's settings with its value as the user would write it, e.g. <c>learning_rate</c> and <c>0.001</c>.</summary>
public sealed record Setting(string Name, string Value);
