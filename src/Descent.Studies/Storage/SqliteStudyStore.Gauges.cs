using System.Buffers.Binary;
using System.Text.Json;
using Descent.Studies.Statistics;
using Descent.Training;
using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

public sealed partial class SqliteStudyStore
{
    public IReadOnlyList<GaugeSeries> Gauges(string trialId) => Read(connection => connection.Query("""
        SELECT gauge_readings.gauge, names, step, numbers, seconds FROM gauge_readings
        JOIN gauges ON gauges.trial = gauge_readings.trial AND gauges.gauge = gauge_readings.gauge
        WHERE gauge_readings.trial = (SELECT number FROM trials WHERE id = @id) ORDER BY gauge_readings.gauge, step
        """,
        row => (Gauge: row.GetString(0), Names: row.GetString(1), Step: row.GetInt64(2), Numbers: Numbers((byte[])row.GetValue(3)), Seconds: row.GetDouble(4)), ("@id", trialId))
        .GroupBy(row => (row.Gauge, row.Names)).Select(rows => Series(rows.Key.Gauge, JsonSerializer.Deserialize<string[]>(rows.Key.Names)!,
            [.. rows.Select(row => (row.Step, row.Numbers, row.Seconds))])).ToList());

    static GaugeSeries Series(string gauge, string[] names, IReadOnlyList<(long Step, double[] Numbers, double Seconds)> rows) => new(gauge,
        [.. rows.Select(row => row.Step)],
        [.. names.Select((name, i) => new GaugeMetric(name, [.. rows.Select(row => i < row.Numbers.Length ? row.Numbers[i] : double.NaN)]))],
        [.. rows.Select(row => row.Seconds)]);

    static void RecordReading(SqliteConnection connection, long trial, GaugeReading reading)
    {
        byte[] numbers = new byte[reading.Values.Count * sizeof(double)];
        for (int i = 0; i < reading.Values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(numbers.AsSpan(i * sizeof(double)), reading.Values[i]);
        }

        _ = connection.Execute("INSERT OR REPLACE INTO gauges (trial, gauge, names) VALUES (@trial, @gauge, @names)",
            ("@trial", trial), ("@gauge", reading.Gauge), ("@names", JsonSerializer.Serialize(reading.Metrics)));
        _ = connection.Execute("INSERT OR REPLACE INTO gauge_readings (trial, gauge, step, numbers, seconds) VALUES (@trial, @gauge, @step, @numbers, @seconds)",
            ("@trial", trial), ("@gauge", reading.Gauge), ("@step", reading.Step), ("@numbers", numbers), ("@seconds", reading.Seconds));
    }

    static double[] Numbers(byte[] bytes)
    {
        double[] numbers = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)));
        }

        return numbers;
    }
}
