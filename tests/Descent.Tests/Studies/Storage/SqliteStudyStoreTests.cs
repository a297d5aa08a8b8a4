using Descent.Studies.Storage;

namespace Descent.Tests.Studies.Storage;

public sealed class SqliteStudyStoreTests : StudyStorePointsContract
{
    readonly TemporaryFolder folder = new();

    protected override IStudyStore Open(TimeProvider time) => SqliteStudyStore.OpenOrCreate(folder["studies.db"], time);

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
    }
}
