package io.github.bms4j.config;

import io.github.bms4j.charge.AgeingCost;
import io.github.bms4j.charge.ChargeGoal;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargeRules;
import io.github.bms4j.charge.ChargeWorth;
import io.github.bms4j.charge.DischargeTerms;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a need file says (docs/plan.md).
 *
 * @param now the moment its times count from, or null where they are minutes
 * @param need the need; its times are seconds from now
 */
public record NeedFile(@Nullable LocalDateTime now, ChargeNeed need) {
    private static final int FORMAT = 1;
    private static final double MISSED_PER_KWH = 5.0;

    static NeedFile read(ConfigNode root, AgeingCost ageing) throws ConfigException {
        root.get("need").whole(FORMAT, FORMAT);
        ConfigParts parts = new ConfigParts();
        parts.part(() -> {
            root.rejectUnknown(
                    "need",
                    "now",
                    "targetSoc",
                    "minSoc",
                    "earliest",
                    "departure",
                    "missedPerKwh",
                    "co2PerKg",
                    "healthWeight",
                    "costCeiling",
                    "pricePerH",
                    "minCurrentA",
                    "mostStarts",
                    "discharge",
                    "heating");
            return root;
        });
        Optional<ConfigNode> nowNode = root.optional("now");
        LocalDateTime now = nowNode.isPresent() ? parts.part(() -> PlanTimes.dateTime(nowNode.get())) : null;
        PlanTimes times = new PlanTimes(now);
        boolean timed = nowNode.isEmpty() || now != null;
        ChargeGoal goal = timed ? parts.part(() -> goal(root, times)) : null;
        ChargeWorth worth = parts.part(() -> worth(root, ageing));
        ChargeRules rules = parts.part(() -> rules(root));
        parts.refuse();
        if (goal == null || worth == null || rules == null) {
            throw root.finding("a part that is not sound", "a sound need");
        }
        return new NeedFile(now, new ChargeNeed(goal, worth, rules));
    }

    private static ChargeGoal goal(ConfigNode root, PlanTimes times) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        double target = parts.number(root, "targetSoc");
        double minimum = parts.number(root, "minSoc", 0.0);
        Double earliest = parts.optional(root, "earliest", Double.NEGATIVE_INFINITY, times::seconds);
        Double departure = parts.part(() -> times.seconds(root.get("departure")));
        parts.refuse();
        double earliestS = earliest == null ? Double.NaN : earliest;
        double departureS = departure == null ? Double.NaN : departure;
        return root.make("a sound goal", () -> new ChargeGoal(target, minimum, earliestS, departureS));
    }

    private static ChargeWorth worth(ConfigNode root, AgeingCost ageing) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        double missed = parts.number(root, "missedPerKwh", MISSED_PER_KWH);
        double co2 = parts.number(root, "co2PerKg", 0.0);
        double health = parts.number(root, "healthWeight", 1.0);
        double ceiling = parts.number(root, "costCeiling", Double.POSITIVE_INFINITY);
        double perH = parts.number(root, "pricePerH", 0.0);
        parts.refuse();
        return root.make("sound weights", () -> new ChargeWorth(missed, co2, ageing.times(health), ceiling, perH));
    }

    private static ChargeRules rules(ConfigNode root) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        double least = parts.number(root, "minCurrentA", 0.0);
        Integer starts = parts.optional(root, "mostStarts", ChargeRules.ANY_STARTS, node -> node.whole(1, 1000));
        DischargeTerms discharge = parts.optional(root, "discharge", DischargeTerms.forbidden(), NeedFile::discharge);
        Boolean heating = parts.optional(root, "heating", true, ConfigNode::truth);
        parts.refuse();
        int most = starts == null ? 1 : starts;
        DischargeTerms terms = discharge == null ? DischargeTerms.forbidden() : discharge;
        return root.make("sound rules", () -> new ChargeRules(least, most, terms, heating == null || heating));
    }

    private static DischargeTerms discharge(ConfigNode node) throws ConfigException {
        node.rejectUnknown("maxPowerW", "floorSoc", "ceilingSoc");
        ConfigParts parts = new ConfigParts();
        double power = parts.number(node, "maxPowerW");
        double floor = parts.number(node, "floorSoc");
        double ceiling = parts.number(node, "ceilingSoc", 1.0);
        parts.refuse();
        return node.make("sound terms of discharge", () -> new DischargeTerms(power, floor, ceiling));
    }
}
