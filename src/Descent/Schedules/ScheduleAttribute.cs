namespace Descent.Schedules;

/// <summary>Makes a record an entry of the catalog of schedules.</summary>
/// <param name="name">Lower case, words joined by <c>-</c>.</param>
public sealed class ScheduleAttribute(string name) : CatalogRecordAttribute(name);
